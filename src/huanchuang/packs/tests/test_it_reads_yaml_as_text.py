"""YAML gives texts only; whatever is typed into a file ends in a value or in a problem, never in a traceback."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huanchuang.engines.kernel import ProblemError
from huanchuang.packs import cli
from huanchuang.packs.folder import PackFolder
from huanchuang.packs.kinds import kind_named
from huanchuang.packs.library import SHIPPED
from huanchuang.packs.pack import content_hash, load_pack
from huanchuang.packs.tree import parse, plain

YAMLISH = st.text(st.sampled_from("ab一二:-#&*!|>[]{}'\",% \n\t~01.\x00\x85\ufeff\u2028？"), max_size=120)
PRINTABLE = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff"), max_size=12
)
KEYS = PRINTABLE.filter(lambda text: not set(text) & set("\x85\u2028\u2029"))
"""A key stands on one line, and YAML takes these signs for the end of one."""
PLAIN = st.recursive(
    PRINTABLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


read_vocabulary = kind_named("vocabulary").read


def problems_of(step):
    """The problems that a step tells; anything else it raises fails the test."""
    try:
        step()
    except ProblemError as error:
        return error.problems
    return ()


@pytest.mark.parametrize(
    "written", ["no", "on", "yes", "true", "010", "12:30", "1e5", "0x10", "2026-06-30", "1_000", ".5"]
)
def test_it_leaves_scalars_alone(written):
    assert plain(parse(f"key: {written}", "x.yaml")) == {"key": written}


@given(YAMLISH | st.text(max_size=200))
@settings(max_examples=400)
def test_it_never_stumbles_over_any_text(text):
    problems = problems_of(lambda: parse(text, "x.yaml"))
    assert all(problem.where.startswith("x.yaml") for problem in problems)


@given(
    st.sampled_from(["vocabulary.yaml", "cases.yaml", "codes.csv"]),
    st.binary(max_size=200) | YAMLISH.map(str.encode),
)
@settings(max_examples=100, deadline=None)
def test_it_never_stumbles_over_any_file(tmp_path_factory, name, data):
    folder = cli.new("vocabulary", "test.example", tmp_path_factory.mktemp("any"))
    definition = folder / "vocabulary.yaml"
    definition.write_text(definition.read_text().split("codes:")[0] + "file: codes.csv\n")
    (folder / "codes.csv").write_text("code,zh,parent\nfirst,第一项,\n")
    (folder / name).write_bytes(data)
    for problem in cli.check(folder):
        assert problem.text()


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_it_never_stumbles_over_any_value(text):
    definition = (
        "vocabulary: example\nshape: facts\nfacts:\n"
        "  - {code: a, zh: 甲, en: a, period: year, value_type: count, unit: 人, field_class: owner, source: 例, %s: %s}\n"
    )
    for key in ("least", "freshness_days", "is_derived", "measure", "about"):
        written = definition % (key, json.dumps(text))
        problems = problems_of(
            lambda written=written: read_vocabulary(parse(written, "x.yaml"), PackFolder(SHIPPED, ""))
        )
        assert all(problem.remedy for problem in problems)


@given(PLAIN)
def test_it_keeps_every_text(value):
    written = json.dumps({"value": value}, ensure_ascii=False)
    assert plain(parse(written, "x.yaml")) == {"value": value}


@given(
    st.dictionaries(
        st.text(st.characters(categories=["Lu", "Lo"]), min_size=1),
        st.text(st.characters(categories=["Lo"]), min_size=1),
    ),
    st.randoms(),
)
def test_the_hash_does_not_depend_on_the_order_of_keys(values, random):
    shuffled = list(values.items())
    random.shuffle(shuffled)
    hashes = {
        content_hash("vocabulary", parse(json.dumps(entries, ensure_ascii=False), "x.yaml"), {})
        for entries in (values, dict(shuffled))
    }
    assert len(hashes) == 1


def load(folder):
    return load_pack(PackFolder(folder, "vocabulary"), kind_named("vocabulary"))


@pytest.mark.parametrize("name", ["vocabulary.yaml", "codes.csv"])
def test_the_hash_does_not_depend_on_line_endings_and_comments(tmp_path, name):
    folder = cli.new("vocabulary", "test.example", tmp_path)
    (folder / "codes.csv").write_text("code,zh,parent\nfirst,第一项,\nsecond,次项,first\n")
    definition = folder / "vocabulary.yaml"
    definition.write_text(definition.read_text().split("codes:")[0] + "file: codes.csv\n")
    before = load(folder).hash
    file = folder / name
    comment = b"# more\r\n" if name.endswith("yaml") else b""
    file.write_bytes(comment + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder).hash == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("vocabulary.yaml", "version: 1.0", "version: 1.1"),
        ("codes.csv", "次项", "末项"),
        ("codes.csv", "second,", "third,"),
    ],
)
def test_the_hash_depends_on_every_value(tmp_path, name, old, new):
    folder = cli.new("vocabulary", "test.example", tmp_path)
    (folder / "codes.csv").write_text("code,zh,parent\nfirst,第一项,\nsecond,次项,first\n")
    definition = folder / "vocabulary.yaml"
    definition.write_text(definition.read_text().split("codes:")[0] + "file: codes.csv\n")
    before = load(folder).hash
    file = folder / name
    file.write_text(file.read_text().replace(old, new))
    assert load(folder).hash != before


def test_the_hash_leaves_readme_and_cases_out(tmp_path):
    folder = cli.new("vocabulary", "test.example", tmp_path)
    before = load(folder).hash
    (folder / "README.md").write_text("# 另一份说明\n")
    cases = folder / "cases.yaml"
    cases.write_text(cases.read_text().replace("次项就是第二项", "次项是第二项的别名"))
    assert load(folder).hash == before
