"""Style files come from npm by the lock file; only what pages use is kept."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from huanchuang.orm.navigation import entries
from huanchuang.web.frontend import WANTED, FrontendError, icon_names, icon_sheet, install, is_current, main

ROOT = Path(__file__).resolve().parents[4]
SOURCE = ROOT / "src" / "huanchuang"
FAKE_NPM = """
import pathlib, sys
assert sys.argv[1:3] == ["ci", "--ignore-scripts"]
files = {
    "@tabler/core/dist/css/tabler.min.css": "a{color:red}/*# sourceMappingURL=tabler.min.css.map */",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2": "font",
    "@tabler/icons-webfont/LICENSE": "MIT",
    "echarts/dist/echarts.common.min.js": "globalThis.echarts={}",
    "echarts/LICENSE": "Apache-2.0",
    "echarts/NOTICE": "The Apache Software Foundation",
    "echarts/licenses/LICENSE-d3": "BSD-3-Clause",
    "zrender/LICENSE": "BSD-3-Clause",
    "@tabler/icons-webfont/dist/tabler-icons.css": '.ti-home:before {\\n content: "\\\\eac1";\\n}\\n.ti-abc:before {\\n content: "\\\\f567";\\n}',
}
for name, text in files.items():
    path = pathlib.Path("node_modules", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "frontend"
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        (folder / name).write_text("{}", encoding="utf-8")
    (folder / "icons.txt").write_text("# remark\nhome\n", encoding="utf-8")
    return folder


def test_it_keeps_only_what_pages_use_and_skips_the_second_time(source: Path, tmp_path: Path) -> None:
    npm, target = [sys.executable, "-c", FAKE_NPM], tmp_path / "build"
    assert not is_current(source, target)
    assert install(npm, source, target)
    assert not install(["no-such-npm"], source, target)
    assert "sourceMappingURL" not in (target / "vendor/tabler/tabler.min.css").read_text(encoding="utf-8")
    sheet = (target / "vendor/icons/icons.css").read_text(encoding="utf-8")
    assert ".ti-home:before" in sheet
    assert "abc" not in sheet
    assert (target / "vendor/echarts/echarts.common.min.js").read_text(
        encoding="utf-8"
    ) == "globalThis.echarts={}"
    (source / "icons.txt").write_text("abc\n", encoding="utf-8")
    assert not is_current(source, target)


@pytest.mark.parametrize(
    ("npm", "said"),
    [
        (["no-such-npm"], "no-such-npm"),
        ([sys.executable, "-c", "raise SystemExit('registry is down')"], "registry is down"),
    ],
)
def test_it_says_why_and_keeps_the_former_files(
    source: Path, tmp_path: Path, npm: list[str], said: str
) -> None:
    target = tmp_path / "build"
    (target / "vendor").mkdir(parents=True)
    (target / "vendor/kept.css").write_text("a", encoding="utf-8")
    with pytest.raises(FrontendError, match=said):
        install(npm, source, target)
    assert (target / "vendor/kept.css").is_file()


def test_it_names_an_icon_that_does_not_exist() -> None:
    with pytest.raises(FrontendError, match="no-such-icon"):
        icon_sheet("", ["no-such-icon"])


def test_it_says_whether_it_is_current(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--is-current"]) == 1
    assert main([sys.executable, "-c", FAKE_NPM]) == 0
    assert main(["--is-current"]) == 0


def test_it_lists_every_icon_that_pages_use() -> None:
    used = {entry.icon for entry in entries()}
    for path in [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py"), *SOURCE.rglob("*.js")]:
        if "tests" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r"""\{%\s*icon ["']([a-z0-9-]+)["']""", text))
        used |= set(re.findall(r"\bti ti-([a-z0-9-]+)", text))
        used |= set(re.findall(r"""icon(?:_name)?=["']([a-z0-9-]+)["']""", text))
    assert sorted(used - set(icon_names(ROOT / "frontend"))) == []


def test_it_locks_without_naming_a_registry() -> None:
    lock = (ROOT / "frontend/package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert lock.count('"integrity"') == 7


def test_it_brings_each_licence_with_its_files(source: Path, tmp_path: Path) -> None:
    install([sys.executable, "-c", FAKE_NPM], source, tmp_path / "build")
    kept = {path.name for path in (tmp_path / "build/vendor/licences").iterdir()}
    assert kept == {
        "tabler.txt", "tabler-icons.txt", "echarts.txt", "echarts-notice.txt", "echarts-d3.txt", "zrender.txt",
    }  # fmt: skip


def test_pages_name_no_installed_file_that_is_not_installed() -> None:
    """A page or script part that asks for a file of npm gets one that WANTED (or the cut) puts there."""
    made = {*WANTED.values(), "icons/icons.css"}
    named = {
        found
        for path in [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py")]
        if "tests" not in path.parts
        for found in re.findall(r"""["']vendor/([\w./-]+)["']""", path.read_text(encoding="utf-8"))
    }
    assert "echarts/echarts.common.min.js" in named
    assert named - made == set()


def test_it_refers_only_to_files_that_are_there() -> None:
    """Style sheets and modules of our own name only each other."""
    folder = SOURCE / "web/static/web"
    for path in folder.glob("*.js"):
        for name in re.findall(r'from "\./([\w.]+)"', path.read_text(encoding="utf-8")):
            assert (folder / name).is_file()
    for path in folder.glob("*.css"):
        assert "url(" not in path.read_text(encoding="utf-8")
