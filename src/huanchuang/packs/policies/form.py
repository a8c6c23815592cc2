"""The form in which a policy is written by somebody who does not know YAML."""

from __future__ import annotations

from huanchuang.packs.forms import Box, Part
from huanchuang.packs.schema import Words

FILE, CASES = "policy.yaml", "cases.yaml"


def _option(value: str, zh: str, en: str) -> tuple[str, Words]:
    return value, Words(zh, en)


_CLAUSE = Box("clause", Words("条款", "Clause"))
_TEXT = Box("text", Words("文字", "Text"), "text", wide=True)
_TEXT_EN = Box("text_en", Words("英文", "In English"), "text", wide=True)
_NAMES = (Box("name", Words("名称", "Name")), Box("name_en", Words("英文名称", "Name in English")))

_ABOUT = Part(
    FILE,
    (),
    Words("概况", "About"),
    (
        Box("title", Words("名称", "Title"), wide=True),
        Box("title_en", Words("英文名称", "Title in English"), wide=True),
        Box(
            "version", Words("版本", "Version"), hint=Words("须高于已发布的版本", "above every published one")
        ),
        Box("valid_from", Words("生效日期", "First day"), "day"),
        Box(
            "valid_to", Words("失效日期", "Last day"), "day", hint=Words("不定就留空", "blank if none is set")
        ),
        Box(
            "benefit",
            Words("支持方式", "What it brings"),
            "choice",
            (
                _option("recognition", "认定", "a title"),
                _option("subsidy", "补助", "a subsidy"),
                _option("reward", "奖励", "a reward"),
                _option("tax", "税收", "less tax"),
                _option("loan", "贷款", "a loan"),
                _option("voucher", "券", "a voucher"),
                _option("service", "服务", "a service"),
                _option("talent", "人才", "people"),
                _option("duty", "义务", "a duty"),
            ),
        ),
        Box(
            "confidence",
            Words("把握程度", "How sure the wording is"),
            "choice",
            (
                _option("high", "有原文", "from the paper"),
                _option("medium", "转述", "retold"),
                _option("low", "待核", "to be verified"),
                _option("example", "虚构示例", "invented example"),
            ),
        ),
        Box(
            "subject",
            Words("对象", "For whom"),
            "choice",
            (
                _option("", "企业等单位", "organisations"),
                _option("organisation", "企业等单位", "organisations"),
                _option("carrier", "孵化载体", "incubators and the like"),
            ),
        ),
        Box("summary.zh", Words("一句话说明", "In one sentence (Chinese)"), "text", wide=True),
        Box("summary.en", Words("一句话说明（英文）", "In one sentence"), "text", wide=True),
        Box("office.zh", Words("责任单位", "Responsible unit (Chinese)")),
        Box("office.en", Words("责任单位（英文）", "Responsible unit")),
        Box("apply.zh", Words("办理方式", "How one applies (Chinese)"), "text"),
        Box("apply.en", Words("办理方式（英文）", "How one applies"), "text"),
        Box(
            "budget",
            Words("预算", "Budget"),
            hint=Words("带单位，例如 2000万元", "with its unit, such as 2000万元"),
        ),
        Box(
            "once",
            Words("一家只享受一次", "Once only"),
            "choice",
            (_option("", "否", "no"), _option("否", "否", "no"), _option("是", "是", "yes")),
        ),
    ),
)
_SOURCES = Part(
    FILE,
    ("sources",),
    Words("依据", "Sources"),
    (
        Box("title", Words("文件名称", "Paper"), wide=True),
        Box("number", Words("文号", "Number")),
        Box("clause", Words("条款", "Clause")),
    ),
    item="title: 请填写依据的文件名称",
    titled="title",
)
_WINDOWS = Part(
    FILE,
    ("windows",),
    Words("申报时间", "When one can apply"),
    (
        Box("opens", Words("开始（月-日）", "Opens (month-day)")),
        Box("closes", Words("截止（月-日）", "Closes (month-day)")),
        Box("text", Words("说明", "Note")),
        Box("text_en", Words("英文说明", "Note in English")),
    ),
    item="opens: 04-01\ncloses: 05-31",
    titled="opens",
)
_PARAMETERS = Part(
    FILE,
    ("parameters",),
    Words("参数", "Parameters"),
    (*_NAMES, Box("unit", Words("单位", "Unit")), _CLAUSE),
    item='name: 新参数\nname_en: new parameter\nunit: "%"\nvalues:\n  - from: 2026-01-01\n    value: 10%',
    titled="name",
    lists=(
        Part(
            FILE,
            ("values",),
            Words("数值", "Values"),
            (
                Box("from", Words("起始日期", "From"), "day"),
                Box(
                    "value", Words("数值", "Value"), hint=Words("未公布就留空", "blank while it is not known")
                ),
            ),
            item="from: 2027-01-01\nvalue:",
            titled="from",
        ),
    ),
)
_FORMULAS = Part(
    FILE,
    ("formulas",),
    Words("算式", "Formulas"),
    (*_NAMES, _CLAUSE, Box("is", Words("算式", "Formula"), "code", wide=True)),
    item="name: 新算式\nname_en: new formula\nis: |\n  研发费用 / 销售收入",
    titled="name",
)
_REQUIREMENTS = Part(
    FILE,
    ("requirements",),
    Words("条件", "Conditions"),
    (
        Box("id", Words("编号", "Id"), hint=Words("小写英文和连字符", "lower case with hyphens")),
        _CLAUSE,
        _TEXT,
        _TEXT_EN,
        Box(
            "by",
            Words("怎样判断", "How it is decided"),
            "choice",
            (
                _option("", "计算", "computed"),
                _option("coded", "计算", "computed"),
                _option("document", "看材料", "by a paper"),
                _option("human", "由人判断", "by a person"),
            ),
        ),
        Box(
            "when",
            Words("规则", "Rule"),
            "code",
            wide=True,
            hint=Words("例如 研发费用 >= 50万元", "such as 研发费用 >= 50万元"),
        ),
        Box("papers", Words("证明材料（一行一份）", "Papers (one a line)"), "list"),
        Box("from", Words("起用日期", "Asked from"), "day"),
        Box("to", Words("停用日期", "Asked until"), "day"),
    ),
    item="id: new-condition\nclause: 第二条\ntext: 新的条件\ntext_en: A new condition\nby: human",
    titled="text",
)
_AMOUNT = Part(
    FILE,
    ("amount",),
    Words("金额", "Amount"),
    (_CLAUSE, _TEXT, _TEXT_EN, Box("is", Words("算式", "Formula"), "code", wide=True)),
)
_GIVEN = Part(
    FILE,
    ("without_application",),
    Words("免申即享", "Given without application"),
    (
        _CLAUSE,
        Box("consent_days", Words("确认期限（工作日）", "Days to consent (working days)")),
        Box(
            "notice_days",
            Words("公示（工作日）", "Public notice (working days)"),
            hint=Words("不公示写 0", "0 for none"),
        ),
        _TEXT,
        _TEXT_EN,
    ),
)
_GROUPS = Part(
    FILE,
    ("groups",),
    Words("与其他政策的关系", "Together with other policies"),
    (
        Box("name", Words("编号", "Id")),
        Box(
            "rule",
            Words("规则", "Rule"),
            "choice",
            (
                _option("highest", "就高不重复", "the highest of them"),
                _option("exclusive", "只能选一项", "one of them"),
                _option("total", "合计有上限", "a limit to the sum"),
            ),
        ),
        Box("limit", Words("上限", "Limit")),
        _TEXT,
        _TEXT_EN,
    ),
    item="name: new-group\nrule: highest\ntext: 同类政策就高不重复\ntext_en: The highest of its kind only",
    titled="text",
)
_CASES = Part(
    CASES,
    ("cases",),
    Words("案例", "Cases"),
    (
        Box("name", Words("名称", "Name"), wide=True),
        Box(
            "ask",
            Words("问什么", "Asks for"),
            hint=Words(
                "result、amount、failed、missing、distance，或条件编号",
                "result, amount, failed, missing, distance, or an id",
            ),
        ),
        Box("of", Words("哪一天", "On which day"), "day"),
        Box("gives", Words("应得", "Has to give")),
        Box("more", Words("样例、改动、答复", "Sample, changes, answers"), "yaml", wide=True),
    ),
    item="name: 新案例\nask: result\nof: 2026-03-01\nmore: {facts: {}}\ngives: unknown",
    titled="name",
)
FORM = (_ABOUT, _SOURCES, _WINDOWS, _PARAMETERS, _FORMULAS, _REQUIREMENTS, _AMOUNT, _GIVEN, _GROUPS, _CASES)
