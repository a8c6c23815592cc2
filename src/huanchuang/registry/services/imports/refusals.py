"""Why a row cannot be imported: one text for each reason, with the way out, in both languages."""

from __future__ import annotations

from huanchuang.engines.kernel import Problem, ProblemText
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import Kind


def _problem(code: str, zh: tuple[str, str], en: tuple[str, str]) -> Problem:
    return Problem("", *zh, code=f"registry.import.{code}", en=ProblemText("", *en))


NOT_YOURS = _problem(
    "not_yours",
    ("登记簿里已有这条记录，您不能修改", "请删去这一行，或联系记录所属的单位"),
    ("is in the register already and not yours to change", "Remove the row, or ask the unit it belongs to"),
)
NO_UNIT = _problem(
    "no_unit",
    ("没有写是哪个单位的", "请填写本单位的名称"),
    ("does not say whose it is", "Give the name of your own unit"),
)
OTHER_UNIT = _problem(
    "other_unit",
    ("不是您所在的单位", "只能导入本单位的记录，请改为本单位的名称或删去这一行"),
    (
        "is not a unit you belong to",
        "You can import records of your own unit only: correct the name or remove the row",
    ),
)
REFUSED = _problem(
    "refused",
    ("与登记簿中的记录冲突，不能登记", "请核对编号和名称，或请主管部门核实"),
    ("clashes with the register", "Compare number and name, or ask the authority"),
)


def several(count: int) -> Problem:
    """For a row that fits more than one entry."""
    return _problem(
        "several",
        (f"登记簿里有{count}条记录都符合", "请补上能区分的编号、电话或单位，或直接在登记簿里修改"),
        (f"fits {count} entries of the register", "Add a number, telephone or unit that tells them apart"),
    )


def in_the_way(kind: Kind, entry: Entry) -> Problem:
    """For a row with the name of an entry that a surer sign says it is not."""
    title = kind.title(entry)
    code = getattr(getattr(entry, "uscc", None), "text", "")
    known, known_en = (f"，代码是 {code}", f" with the code {code}") if code else ("", "")
    return _problem(
        "in_the_way",
        (f"“{title}”已登记{known}，与本行不符", "请核对名称和编号；确是两家的，请用完整的名称区分"),
        (f'"{title}" is registered{known_en}, which differs', "Compare name and code"),
    )


def retired(kind: Kind, entry: Entry) -> Problem:
    """For a row that is an entry out of force."""
    day = entry.retired_on.isoformat() if entry.retired_on else ""
    return _problem(
        "retired",
        (f"“{kind.title(entry)}”已于{day}停用", "确需恢复的，请在登记簿里处理；否则请删去这一行"),
        (f'"{kind.title(entry)}" is retired since {day}', "Bring it back in the register, or remove the row"),
    )


def same_row(number: int) -> Problem:
    """For a second row of one entry that says something else."""
    return _problem(
        "same_row",
        (f"与第{number}行是同一条记录，内容却不同", "请合并成一行"),
        (f"is the same entry as row {number} with other values", "Join the two rows"),
    )


def not_found(text: str, *, is_unit: bool, several_fit: bool) -> Problem:
    """For a name that points at no entry, or at more than one."""
    if is_unit:
        zh = ("没有找到唯一的单位", "请填写全称或统一社会信用代码；尚未登记的单位请先登记")
        en = (
            "names no single organisation",
            "Give its full name or credit code; register it first if it is new",
        )
    elif several_fit:
        zh = ("登记簿里有几条同名的记录", "请写明所属单位，或用编号区分")
        en = ("means more than one entry", "Say whose it is, or use a number")
    else:
        zh = ("登记簿里没有这个名称", "请按登记的名称填写，或先登记它")
        en = ("is not in the register", "Use its registered name, or register it first")
    return Problem(f"“{text}”", *zh, code="registry.import.unknown_entry", en=ProblemText(f'"{text}"', *en))
