"""Contents that contradict themselves, and questions without an answer."""

from __future__ import annotations

from huanchuang.packs.messages.message import Message

CONTENT = {
    "duplicate-code": Message(
        "代码“{code}”重复（已见于{first}）",
        "每个代码只写一次",
        "The code “{code}” stands twice (first in {first_en})",
        "Write each code once",
    ),
    "dangling-parent": Message(
        "上级代码“{parent}”不存在",
        "先写上级，或改正代码；上级在另一个定义包时写明 extends",
        "The parent code “{parent}” does not exist",
        "Add the parent or correct the code; if it stands in another pack, name that pack in extends",
    ),
    "cycle": Message(
        "上下级成了环：{ring}",
        "改正其中一个的上级",
        "The parents run in a circle: {ring}",
        "Correct the parent of one of them",
    ),
    "duplicate-name": Message(
        "名称“{name}”已用于“{other}”（{first}）",
        "换一个名称，或删去重复的别名",
        "The name “{name}” is already used for “{other}” ({first_en})",
        "Choose another name or drop the repeated alias",
    ),
    "unit-of-type": Message(
        "{type} 类指标的单位不能是“{unit}”",
        "money 用元，count 用人、家、项等，ratio 用%，yes-no、date、code、text 不写单位",
        "A fact of type {type} cannot have the unit “{unit}”",
        "Use 元 for money, 人, 家, 项 … for count, % for ratio, and none for yes-no, date, code and text",
    ),
    "unknown-unit": Message(
        "不认识单位“{unit}”",
        "用通行的计量单位，例如 元、人、家、项、件、平方米、小时、%",
        "Unknown unit “{unit}”",
        "Use a common unit, such as 元, 人, 家, 项, 件, 平方米, 小时, %",
    ),
    "unit-missing": Message(
        "指标“{name}”（{type}）没有写单位",
        "补上 unit，例如 unit: 元",
        "The fact “{name}” ({type}) has no unit",
        "Add one, such as unit: 元",
    ),
    "bounds": Message(
        "下限 {least} 大于上限 {most}",
        "检查 least 与 most",
        "The lower bound {least} exceeds the upper bound {most}",
        "Check least and most",
    ),
    "duplicate-english": Message(
        "英文“{en}”已用于“{other}”（{first}）",
        "一个英文词只对应一个中文词，请另选译法",
        "The English form “{en}” is already used for “{other}” ({first_en})",
        "One English form belongs to one Chinese term: choose another",
    ),
    "outside-year": Message(
        "{day} 不属于 {year} 年的安排",
        "把它移到所在年份（元旦可从上一年12月25日起）",
        "{day} does not belong to the arrangement of {year}",
        "Move it to its own year (New Year's days may begin on 25 December of the year before)",
    ),
    "year-twice": Message(
        "{year} 年写了两次", "把两处合并成一处", "The year {year} stands twice", "Merge both entries"
    ),
    "holiday-order": Message(
        "假期止日 {last} 早于起日 {first}",
        "检查起止日期",
        "The holiday ends on {last}, before it begins on {first}",
        "Check both dates",
    ),
    "day-twice": Message(
        "{day} 既是放假又是上班，或写了两次",
        "每一天只保留一种安排",
        "{day} is arranged twice",
        "Keep one arrangement for each day",
    ),
    "make-up-on-weekday": Message(
        "{day} 不是周六或周日，本来就上班",
        "workdays 只写调休上班的周六、周日",
        "{day} is an ordinary weekday",
        "List only Saturdays and Sundays that are worked",
    ),
    "unknown-pack": Message(
        "没有编号为“{name}”的定义包",
        "{hint}用 huanchuang packs list 查看全部编号",
        "There is no pack “{name}”",
        "{hint_en}See all ids with huanchuang packs list",
    ),
    "unknown-code": Message(
        "“{vocabulary}”里没有代码“{code}”",
        "{hint}检查代码是否写全",
        "There is no code “{code}” in “{vocabulary}”",
        "{hint_en}Check that the code is complete",
    ),
    "unknown-fact": Message(
        "指标字典里没有“{name}”",
        "{hint}检查名称，或在 facts 词表里登记",
        "The fact dictionary has no “{name}”",
        "{hint_en}Check the name, or add it to a facts vocabulary",
    ),
    "no-vocabulary": Message(
        "没有名为“{name}”的词表",
        "{hint}检查名称，或新建一个 vocabulary 定义包",
        "There is no vocabulary “{name}”",
        "{hint_en}Check the name or create a vocabulary pack",
    ),
    "far-before-behind": Message(
        "light：far_behind_percent 比 behind_percent 小",
        "灯会先红后黄；请让 far_behind_percent 不小于 behind_percent",
        "light: far_behind_percent is smaller than behind_percent",
        "The light would turn red before amber; make far_behind_percent at least behind_percent",
    ),
    "bad-question": Message(
        "这里不能问“{ask}”", "可问：{known}", "“{ask}” cannot be asked here", "Ask one of: {known}"
    ),
    "case-fails": Message(
        "案例“{name}”不通过：得到“{got}”，案例写的是“{expected}”",
        "改正定义，或改正案例",
        "The case “{name}” fails: got “{got}”, the case says “{expected}”",
        "Correct the definition or the case",
    ),
    "case-twice": Message(
        "案例名“{name}”重复（第一次在第{first}行）",
        "给案例另取一个名字",
        "The case name “{name}” stands twice (first in line {first})",
        "Give the case another name",
    ),
    "exists": Message(
        "“{name}”已经存在",
        "换一个编号，或先移走它",
        "“{name}” already exists",
        "Choose another id or move it away",
    ),
}
