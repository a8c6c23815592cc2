"""Every mistake an author can make is told with file, line and remedy; the very words are asserted."""

from pathlib import Path

import pytest

from huanchuang.packs import cli
from huanchuang.packs.folder import LARGEST_DEFINITION

BROKEN = Path(__file__).parent / "broken"
FIXTURES = sorted(entry for entry in BROKEN.iterdir() if entry.is_dir())


def told(folder: Path) -> str:
    return "".join(problem.text() + "\n" for problem in cli.check(folder))


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_it_tells_file_line_and_remedy(folder):
    assert told(folder) == (folder / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_it_tells_the_same_in_english(folder):
    for problem in cli.check(folder):
        english = problem.text("en")
        assert english != problem.text()
        assert problem.en is not None
        assert problem.en.what
        assert problem.en.remedy


def test_there_are_many_kinds_of_mistakes():
    assert len(FIXTURES) >= 25


@pytest.fixture
def sound(tmp_path) -> Path:
    """A pack just begun, in a root of its own."""
    return cli.new("vocabulary", "test.example", tmp_path)


def test_it_refuses_a_giant(sound, tmp_path):
    definition = sound / "vocabulary.yaml"
    size = definition.stat().st_size
    definition.write_text(definition.read_text() + "# " + "x" * (LARGEST_DEFINITION - size - 1))
    assert told(tmp_path) == (
        f"vocabulary/test.example/vocabulary.yaml：文件有 {LARGEST_DEFINITION + 1} 字节，超过上限 {LARGEST_DEFINITION} 字节。"
        "把大表拆成几个定义包，或删去不用的内容\n"
    )


def test_it_refuses_a_link_instead_of_a_file(sound, tmp_path):
    definition = sound / "vocabulary.yaml"
    moved = definition.rename(tmp_path / "elsewhere.yaml")
    definition.symlink_to(moved)
    moved_root = tmp_path / "vocabulary"
    assert told(moved_root / "test.example") == (
        "vocabulary/test.example：“vocabulary.yaml”是符号链接。请放入文件本身，不用链接\n"
    )


def test_it_refuses_a_link_instead_of_a_folder(sound, tmp_path):
    root = tmp_path / "root"
    (root / "vocabulary").mkdir(parents=True)
    (root / "vocabulary" / "test.example").symlink_to(sound, target_is_directory=True)
    assert told(root) == "vocabulary/test.example：“test.example”是符号链接。请放入文件本身，不用链接\n"


def test_it_refuses_a_folder_that_is_not_there(tmp_path):
    assert told(tmp_path / "nowhere") == "nowhere：“nowhere”不是文件夹。请给出定义包所在的文件夹\n"


def test_it_reports_all_mistakes_of_a_pack_at_once(sound, tmp_path):
    definition = sound / "vocabulary.yaml"
    definition.write_text(
        definition.read_text().replace("version: 1.0", "version: one").replace("zh: 第一项", "zh:")
    )
    (sound / "README.md").unlink()
    codes = [problem.code for problem in cli.check(tmp_path)]
    assert codes == ["packs.no-readme", "packs.bad-form", "packs.blank"]


def test_it_tells_of_a_file_that_cannot_be_read(sound, monkeypatch):
    def refuse(path):
        raise PermissionError(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert (
        told(sound) == "vocabulary/test.example/vocabulary.yaml：读不了这个文件。检查文件的读取权限和磁盘\n"
    )


def test_policies_are_refused_for_fifty_kinds_of_mistakes():
    assert len([folder for folder in FIXTURES if folder.name.startswith("policy-")]) >= 50
