"""Values that do not fit their schema."""

from __future__ import annotations

from huanchuang.packs.messages.message import Message

VALUES = {
    "unknown-key": Message(
        "不认识的键“{key}”",
        "{hint}可用的键：{known}",
        "Unknown key “{key}”",
        "{hint_en}Known keys: {known}",
    ),
    "missing-key": Message(
        "缺少必填项“{key}”", "补上“{key}: …”", "The entry “{key}” is missing", "Add “{key}: …”"
    ),
    "not-a-mapping": Message(
        "这里应当是“键: 值”的一组内容",
        "每行写一个“键: 值”",
        "A group of “key: value” lines is expected here",
        "Write one “key: value” per line",
    ),
    "not-a-list": Message(
        "这里应当是列表",
        "每项单起一行，以“- ”开头",
        "A list is expected here",
        "Begin each item on its own line with “- ”",
    ),
    "not-a-text": Message(
        "这里应当是一段文字",
        "在冒号后直接写值",
        "A text is expected here",
        "Write the value right after the colon",
    ),
    "blank": Message(
        "值是空的", "填写内容，或删去这一行", "The value is blank", "Fill it in, or delete the line"
    ),
    "text-too-long": Message(
        "文字有 {size} 字，超过 {limit} 字",
        "缩短文字",
        "The text has {size} characters, more than {limit}",
        "Shorten it",
    ),
    "bad-form": Message(
        "“{value}”的写法不对", "应写成{form}", "“{value}” is not written correctly", "Write {form_en}"
    ),
    "not-a-whole-number": Message(
        "“{value}”不是整数",
        "只写半角数字，不带逗号、小数和单位，例如 365",
        "“{value}” is not a whole number",
        "Write plain digits without commas, decimals or units, for example 365",
    ),
    "not-a-decimal": Message(
        "“{value}”不是十进制数",
        "只写半角数字和小数点，不用科学计数法、逗号和单位，例如 100000 或 0.05",
        "“{value}” is not a plain decimal number",
        "Write digits and a point, no exponent, comma or unit, for example 100000 or 0.05",
    ),
    "out-of-range": Message(
        "{value} 超出范围",
        "应在 {least} 与 {most} 之间",
        "{value} is out of range",
        "Keep between {least} and {most}",
    ),
    "not-a-date": Message(
        "“{value}”不是有效日期",
        "写成 年-月-日，例如 2026-06-30",
        "“{value}” is not a date",
        "Write year-month-day, for example 2026-06-30",
    ),
    "not-yes-no": Message(
        "“{value}”不是“是”或“否”",
        "写 是 或 否（也可写 yes 或 no）",
        "“{value}” is neither yes nor no",
        "Write yes or no (是 or 否)",
    ),
    "not-an-option": Message(
        "“{value}”不在可选范围内",
        "{hint}可选：{known}",
        "“{value}” is not one of the options",
        "{hint_en}Options: {known}",
    ),
    "too-few": Message(
        "只有 {size} 项，至少要 {least} 项",
        "补足内容",
        "There are {size} items, at least {least} are needed",
        "Add the missing ones",
    ),
    "validity": Message(
        "失效日期 {last} 早于生效日期 {first}",
        "检查 valid_from 与 valid_to，后者不得早于前者",
        "The last day of validity {last} is before the first, {first}",
        "Check valid_from and valid_to",
    ),
}
