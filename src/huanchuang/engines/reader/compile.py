"""From the words of a documents pack to compiled patterns.

The data come from YAML read with all scalars as text. Placeholders in patterns: {cn} one Chinese numeral, {cnset} the
same inside a character class, {n} an Arabic figure, {year}, {month}, {day}.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from huanchuang.engines.kernel.figures import BOUNDS, Lexicon, lexicon
from huanchuang.engines.kernel.problem import ProblemError, refuse
from huanchuang.engines.kernel.units import DIMENSIONS, Unit
from huanchuang.engines.reader.grammar import (
    Decoy,
    Grammar,
    Issuing,
    Marker,
    Organisations,
    Pattern,
    TimeForm,
    TimeWords,
)

_CN = "一二三四五六七八九十百零〇两"
_PLACEHOLDERS = {
    "{cnset}": _CN,
    "{cn}": f"[{_CN}]",
    "{n}": r"\d",
    "{year}": r"(?:19|20)\d\d|二[〇零○]{cn}{cn}|[二一]九{cn}{cn}".replace("{cn}", f"[{_CN}○]"),
    "{month}": r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]",
    "{day}": r"3[01]|[12]\d|0?[1-9]|三十一?|[二]?十[一二三四五六七八九]?|[一二三四五六七八九]",
}
# what makes another word of a name's end: 部 in 部门, 办 in 办理, 局 in 局长, 政府 in 政府办公厅
_NO_NAME_AFTER = "门|制度|机制|(?:工作|职能|所属)?部门|秘书|总理|常务|全体|办公|员会|工委|直属|属|领导|组织部|宣传部|统战部|长|级|(?<=[部局])分(?!别)|[理法事学好成实际]"
# what makes an act a description or the beginning of a name: 组织的, 组织部, 研究室, 审核机构
_NO_ACT_AFTER = "[的了部室院所会者、和]|工作|人员|机构|单位|小组|中心"
_WORDS = (
    "achieved",
    "surely_achieved",
    "condition",
    "target",
    "hedge",
    "strong",
    "coverage",
    "reward",
    "supports",
)
Data = Mapping[str, Any]


def compile_grammar(data: Data, pack_id: str) -> Grammar:
    """Compile a documents pack; raises ProblemError naming the key that is missing or the pattern that is wrong."""
    try:
        return _compile(data, pack_id)
    except re.error as error:
        raise _bad(
            f"表达式 {error.pattern!r} 有误（{error.msg}）", f"pattern {error.pattern!r}: {error.msg}"
        ) from error
    except (KeyError, TypeError, AttributeError, ValueError, StopIteration) as error:
        raise _bad(f"缺少或写错 {error}", f"missing or wrong: {error}") from error


def _bad(zh: str, en: str) -> ProblemError:
    return refuse(
        "reader.grammar",
        ("公文语法包", zh, "对照随附的 national.plan-documents 改正"),
        ("documents pack", en, "Compare it with national.plan-documents"),
    )


def any_of(words: Iterable[str]) -> str:
    """Alternation of literal words, longest first; matches nothing when there is no word."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) or "(?!)"


def fill(pattern: str) -> str:
    """Put the placeholders in."""
    for name, text in _PLACEHOLDERS.items():
        pattern = pattern.replace(name, text)
    return pattern


def _compile(data: Data, pack_id: str) -> Grammar:
    markers = tuple(_marker(entry) for entry in data["markers"])
    run_in = next(m for m in markers if m.style == data["run_in"])
    header = {key: tuple(words) for key, words in data["header"].items()}
    keys = [re.escape(w) for words in header.values() for w in words]
    return Grammar(
        pack_id=pack_id,
        markers=markers,
        block=_block(markers, data, keys),
        run_in=re.compile(f"(?<=[。;!?\n:])(?:{run_in.pattern.pattern})"),
        run_in_marker=run_in,
        kinds=tuple((k["word"], k["reading"]) for k in data["kinds"]),
        headings={
            "dealt": re.compile(data["dealt_headings"]),
            **{
                name: re.compile(any_of(data[f"{name}_headings"]))
                for name in ("past", "future", "condition", "turn")
            },
        },
        words={
            name: re.compile(f"(?<![比较主重首需])(?:{any_of(data['words'][name])})(?!(?<=要)[求素点])")
            for name in _WORDS
        },
        outcomes={name: re.compile(any_of(words)) for name, words in data["outcomes"].items()},
        organisations=_organisations(data["organisations"]),
        times=_times(data["deadlines"]),
        columns=_columns(data),
        lexicon=_lexicon(data.get("measures", ()), data.get("comparators", {})),
        issuing=_issuing(data["issuing"]),
        header=header,
        header_key=re.compile(rf"\[?({'|'.join(keys)})\]?(?::|(?<=\]))"),
        furniture=re.compile(any_of(data["furniture"])),
        contacts=re.compile(any_of(data["contacts"])),
        annex=re.compile(rf"({any_of(data['annex'])})(?=\d|[:.]|$|{_PLACEHOLDERS['{cn}']}?[:.]?)"),
        left_out=re.compile(rf"[(\[]?(?:{any_of(data['left_out'])})[)\]]?$"),
        decoys=tuple(Decoy(d["why"], re.compile(fill(d["pattern"]))) for d in data["decoys"]),
    )


def _marker(entry: Data) -> Marker:
    return Marker(entry["style"], entry["level"], int(entry["rank"]), re.compile(fill(entry["pattern"])))


def _block(markers: Sequence[Marker], data: Data, keys: Sequence[str]) -> Pattern:
    weak = {entry["style"] for entry in data["markers"] if entry.get("weak") == "yes"}
    parts = [m.pattern.pattern for m in markers if m.style not in weak]
    parts += [rf"(?:{any_of(data['annex'])})(?:[:\d.]|$)", rf"\[?(?:{'|'.join(keys)})\]?(?::|$|\])"]
    labels = [word for words in data["organisations"]["labels"].values() for word in words]
    labels += data["deadlines"]["labels"]
    parts += [
        f"(?:{any_of(labels)}):",
        r"\((?:此件|联系人|本文)",
        r"[^,。]{0,14}[〔\[【(](?:19|20)\d\d[〕\]】)]\d{1,5}号$",
    ]
    parts += [fill(r"(?:{year})年(?:{month})月(?:{day})日$")]
    return re.compile("|".join(f"(?:{part})" for part in parts))


def _organisations(data: Data) -> Organisations:
    labels = {word: role for role, words in data["labels"].items() for word in words}
    verbs = {word: role for role, words in data["verbs"].items() for word in words}
    label, verb = any_of(labels), any_of(verbs)
    return Organisations(
        ending=re.compile(f"(?:{any_of(data['suffixes'])})$"),
        trusted=re.compile(rf"(?:{any_of(data['strict'])})(?:\([室处]\))?(?!{_NO_NAME_AFTER})"),
        not_name=re.compile(f"(?:{any_of(data['not_names'])})$"),
        not_start=re.compile(f"(?:{any_of(data['not_starts'])})"),
        may_start=re.compile(any_of(data["name_starts"])),
        place=re.compile(f"(?:{any_of(data['places'])})(?:人民政府|政府)?"),
        office=re.compile(data["office_pattern"]),
        prefix=re.compile(f"(?:{any_of(data['prefixes'])})+"),
        pronouns=dict(data["pronouns"]),
        your=re.compile(any_of(data["your"])),
        sets=re.compile(f"(?:{any_of(data['sets'])}|{data['set_pattern']})(?:人民政府|政府)?"),
        label=re.compile(f"(?:{label})(?:为)?:"),
        bare_label=re.compile(f"(?:{any_of(word for word in labels if len(word) > 3)})(?=[一-龥])"),
        label_role=labels,
        verb=re.compile(f"(?:{verb})$"),
        verb_role=verbs,
        cue=re.compile(f"(?:{label}):|(?:{verb})(?=[),,;。]|$)"),
        duty=re.compile(f"(?!{any_of(data['not_duties'])})(?:{any_of(data['duties'])})"),
        act=re.compile(f"(?:{any_of(data['acts'])})(?!{_NO_ACT_AFTER})"),
        companion=re.compile(any_of(data["companions"])),
        directs=re.compile(any_of(data["directs"])),
        first_leads=re.compile("|".join(data["first_leads"])),
    )


def _times(data: Data) -> TimeWords:
    forms = [
        TimeForm(e["form"], re.compile(fill(e["pattern"])), inferred, e.get("window") == "yes")
        for group, inferred in (("dated", False), ("inferred", True))
        for e in data[group]
    ]
    return TimeWords(
        forms=tuple(forms),
        recurring=tuple((e["every"], re.compile(fill(e["pattern"]))) for e in data["recurring"]),
        relative=re.compile("|".join(f"(?:{fill(pattern)})" for pattern in data["relative"])),
        soft=re.compile(fill(data["soft"])),
        will=re.compile(data["will"]),
        purpose=re.compile(data["purpose"]),
        ending_act=re.compile(f"(?:{any_of(data['ending_acts'])})(?![的了情])"),
        counted_act=re.compile(any_of(data["counted_acts"])),
        label=re.compile(f"(?:{any_of(data['labels'])})"),
        not_after=re.compile(f"(?:{any_of(data['not_after'])})$"),
        not_before=re.compile(any_of(data["not_before"])),
    )


def _columns(data: Data) -> tuple[tuple[str, str], ...]:
    """Words of the headings of tables with what their columns hold, the longest first."""
    listed = {**data["organisations"]["labels"], "deadline": data["deadlines"]["labels"]}
    roles = [*listed.items(), *data["tables"].items()]
    return tuple(
        sorted(
            ((word, role) for role, words in roles for word in words), key=lambda pair: (-len(pair[0]), pair)
        )
    )


def _lexicon(measures: Iterable[Data], comparators: Data) -> Lexicon:
    """The kernel's words for figures and those of the pack."""
    units = [Unit(m["word"], m.get("dimension", "count"), m.get("not_before", "")) for m in measures]
    wrong = [unit.dimension for unit in units if unit.dimension not in DIMENSIONS]
    bounds = {side: _bounds(comparators.get(side, {})) for side in ("before", "after")}
    wrong += [bound for words in bounds.values() for bound in words.values() if bound not in BOUNDS]
    if wrong:
        known = "、".join(sorted(DIMENSIONS))
        raise _bad(
            f"不认识“{wrong[0]}”；量的种类有 {known}，比较有 > >= < <= = ~",
            f"unknown {wrong[0]!r}; dimensions are {known}, bounds are > >= < <= = ~",
        )
    return lexicon(units, bounds["before"], bounds["after"])


def _bounds(words: Data) -> dict[str, str]:
    return {word: bound for bound, listed in words.items() for word in listed}


def _issuing(data: Data) -> Issuing:
    verbs, kinds = any_of(data["verbs"]), any_of(data["kinds"])
    past, not_kinds = any_of(data["past_after"]), any_of(data["not_kinds"])
    end = r"(?=[,。;、:()\n]|和|与|并|等|或|$)"
    title = r"《(?:[^《》\n]|〈[^〉\n]*〉){2,90}》"
    body = r"(?!.{0,8}所[一-龥]{1,4}的)[^,。;:!?\n《》、和与及的了][^,。;:!?\n《》了]{1,39}?"
    kind = f'(?<!不)(?:{kinds})[”"]?(?:\\([^()]{{1,6}}\\))?'
    return Issuing(
        titled=re.compile(
            rf"(?:{verbs})(?!{past})[^,。;:\n《》]{{0,12}}(?P<title>{title})(?!的?[一-龥]{{0,8}}{kind})"
        ),
        following=re.compile(
            rf"(?P<verb>{verbs})(?!{past}){title}的?(?P<title>[^,。;:!?\n《》、和与及的了]{{0,12}}?{kind})(?!{not_kinds}){end}"
        ),
        revised=re.compile(
            rf"对(?:现行的?|现有的?)?(?P<title>{title}|[^,。;:!?\n《》]{{2,50}}{kind})(?:等)?"
            r"(?:进行|加以|予以)(?:修订|修改|完善|补充)"
        ),
        named=re.compile(rf"(?P<verb>{verbs})(?!{past})(?P<title>{body}{kind})(?!{not_kinds}){end}"),
        reversed=re.compile(
            rf"(?P<title>[^,。;:!?\n《》]{{2,44}}?{kind})的?(?:{verbs})(?=[,。;、)\n]|工作|的)"
        ),
        assigned=re.compile(
            rf"(?P<title>[^,。;:!?\n《》]{{2,40}}?{kind}),?由[^,。;\n]{{2,30}}?(?:另行|负责|会同[^,。;\n]{{2,24}}?|商[^,。;\n]{{2,24}}?)?"
            rf"(?:{verbs})(?=[,。;\n]|$)"
        ),
        past_before=re.compile(f"{any_of(data['past_before'])}|(?:{any_of(data['past_subjects'])})$"),
        not_title=re.compile(f"(?:{any_of(data['not_titles'])})"),
    )
