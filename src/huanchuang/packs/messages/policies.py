"""Mistakes in policies."""

from __future__ import annotations

from huanchuang.packs.messages.message import Message

POLICIES = {
    "expression": Message(
        "{where}：{what}",
        "{remedy}",
        "{where_en}: {what_en}",
        "{remedy_en}",
    ),
    "bad-name": Message(
        "“{name}”不能用作名称",
        "名称以文字开头，只含文字、数字、连字符，例如 补助比例",
        "“{name}” cannot be a name",
        "Begin with a letter and use letters, digits and hyphens only, such as share-of-support",
    ),
    "name-of-fact": Message(
        "“{name}”已是指标字典里的“{fact}”",
        "换一个名称，例如在后面加上“上限”“得分”",
        "“{name}” is the fact “{fact_en}” of the dictionary already",
        "Choose another name",
    ),
    "date-twice": Message(
        "从 {day} 起的值写了两次",
        "每个日期只写一个值",
        "There are two values from {day} on",
        "Write one value for each date",
    ),
    "not-a-value": Message(
        "“{value}”不是以“{unit}”计的值",
        "写数字和单位，例如 100万元、5%、30人；不知道的留空",
        "“{value}” is not a value in “{unit}”",
        "Write a number with its unit, such as 100万元, 5%, 30人; leave it blank where it is not known",
    ),
    "value-too-fine": Message(
        "“{value}”的位数太多或数太大",
        "金额写到分，其余最多六位小数",
        "“{value}” has too many digits",
        "Write money to the fen, other values with at most six decimals",
    ),
    "requirement-twice": Message(
        "“{name}”已经用过（{first}）",
        "给这一条另取一个编号",
        "“{name}” is used already ({first})",
        "Give this requirement another id",
    ),
    "nothing-asked": Message(
        "条件“{name}”没有写怎样判断",
        "补上 when: 算式；要看材料的写 by: document，要人判断的写 by: human",
        "The requirement “{name}” does not say how it is decided",
        "Add when: with a condition, or by: document for a paper, or by: human for a judgement",
    ),
    "nothing-to-give": Message(
        "免申即享没有写给多少",
        "补上 amount:，或删去 without_application:",
        "It is given without application, but no amount is said",
        "Add amount: or take without_application: away",
    ),
    "limit-missing": Message(
        "组“{name}”按累计上限计算，却没有上限",
        "补上 limit，例如 limit: 100万元",
        "The group “{name}” has a limit on its total, but says none",
        "Add one, such as limit: 100万元",
    ),
    "limit-unwanted": Message(
        "组“{name}”的规则是 {rule}，用不到上限",
        "删去 limit，或把 rule 改为 total",
        "The group “{name}” has the rule {rule}, which knows no limit",
        "Remove limit, or change rule to total",
    ),
    "not-money": Message(
        "“{value}”不是金额",
        "写数字和单位，例如 100万元",
        "“{value}” is not an amount of money",
        "Write a number with its unit, such as 100万元",
    ),
    "groups-differ": Message(
        "组“{name}”在“{other}”里写法不同",
        "同一组在各政策里的 rule 与 limit 要一致",
        "The group “{name}” is written differently in “{other}”",
        "Give it the same rule and limit in every policy",
    ),
    "not-a-day-of-year": Message(
        "没有“{value}”这一天",
        "检查月和日，例如 02-28",
        "There is no such day as “{value}”",
        "Check month and day, such as 02-28",
    ),
    "sample-twice": Message(
        "样例“{name}”重复（第一次在第{first}行）",
        "给样例另取一个名字",
        "The sample “{name}” stands twice (first in line {first})",
        "Give the sample another name",
    ),
    "unknown-sample": Message(
        "没有样例“{name}”",
        "{hint}在 samples.yaml 里补上，或改正 like",
        "There is no sample “{name}”",
        "{hint_en}Add it to samples.yaml or correct like",
    ),
    "not-a-fact-value": Message(
        "“{value}”不是“{fact}”的值",
        "写指标字典里的单位或范围以内的值，例如 120、400万元、30%、是、2018-05-01；不知道的写 未知",
        "“{value}” is no value of “{fact_en}”",
        "Write a value with the unit and within the bounds of the dictionary, such as 120, 400万元, 30%, 是, 2018-05-01; 未知 for unknown",
    ),
    "years-of-timeless": Message(
        "“{fact}”不分年度，不能按年写",
        "直接写值",
        "“{fact_en}” has no years",
        "Write the value right after the colon",
    ),
    "not-a-year": Message(
        "“{value}”不是年份",
        "写四位年份，例如 2025",
        "“{value}” is not a year",
        "Write four digits, such as 2025",
    ),
    "not-a-period": Message(
        "“{value}”不是这项指标的期间",
        "按指标的周期写，例如 2025H1 或 2025年上半年、2025Q3、2025-09",
        "“{value}” is no period of this fact",
        "Write one of its kind, such as 2025H1, 2025Q3 or 2025-09",
    ),
    "not-records": Message(
        "“{name}”是一组记录",
        "写成列表，例如 [{{类别: 发明专利, 状态: 有效}}]；没有记录写 []，不知道的写 未知",
        "“{name_en}” are records",
        "Write a list, such as [{{类别: 发明专利, 状态: 有效}}]; [] for none, 未知 for unknown",
    ),
    "unknown-answer": Message(
        "没有要求“{name}”可以答复",
        "{hint}answers 里写要求的编号，这一条不能有 when",
        "There is no requirement “{name}” to be answered",
        "{hint_en}Write the id of a requirement without when",
    ),
    "bad-more": Message(
        "案例里不认识“{key}”",
        "more 里可用：like、facts、answers、received",
        "Unknown key “{key}” in a case",
        "Use like, facts, answers or received in more",
    ),
}
