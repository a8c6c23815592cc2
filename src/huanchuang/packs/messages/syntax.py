"""YAML and csv that are more or less than plain data."""

from __future__ import annotations

from huanchuang.packs.messages.message import Message

YAML = {
    "tab": Message(
        "缩进里有制表符（Tab）",
        "改用空格缩进，每级两个空格",
        "The indentation has a tab",
        "Indent with spaces, two per level",
    ),
    "syntax": Message(
        "这一行不合 YAML 语法",
        "检查缩进、冒号后的空格和引号是否成对；含冒号的文字请加引号",
        "This line is not valid YAML",
        "Check indentation, the blank after the colon and pairs of quotes; quote texts that hold a colon",
    ),
    "control-character": Message(
        "文件里有不可见的控制字符",
        "删除该字符后重新保存",
        "The file has an invisible control character",
        "Delete the character and save again",
    ),
    "anchor": Message(
        "用了锚点或别名“{name}”",
        "定义包不用锚点和别名，请把内容写全",
        "An anchor or alias “{name}” is used",
        "Packs have no anchors and aliases: write the content out",
    ),
    "tag": Message(
        "用了类型标记“{name}”",
        "删去标记；类型由定义包的规格决定",
        "A type tag “{name}” is used",
        "Remove it; types are decided by the schema",
    ),
    "several-documents": Message(
        "一个文件里有多份文档（---）",
        "一个文件只写一份定义",
        "The file has several documents (---)",
        "Write one definition per file",
    ),
    "too-deep": Message(
        "层次超过 {limit} 层", "减少嵌套层次", "The nesting is deeper than {limit} levels", "Use fewer levels"
    ),
    "key-not-text": Message(
        "键不是文字", "冒号左边请写一个词", "A key is not text", "Write a word to the left of the colon"
    ),
    "duplicate-key": Message(
        "键“{key}”写了两次（第一次在第{first}行）",
        "只保留一个",
        "The key “{key}” stands twice (first in line {first})",
        "Keep one of them",
    ),
    "empty-file": Message("文件是空的", "写入定义内容", "The file is empty", "Write the definition into it"),
}

TABLES = {
    "bad-header": Message(
        "表头缺少列“{missing}”",
        "第一行应有这些列：{expected}",
        "The header lacks the column “{missing}”",
        "The first line must have the columns {expected}",
    ),
    "unknown-column": Message(
        "不认识的列“{column}”",
        "可用的列：{expected}",
        "Unknown column “{column}”",
        "Known columns: {expected}",
    ),
    "duplicate-column": Message(
        "列“{column}”出现两次", "删去其中一列", "The column “{column}” stands twice", "Remove one of them"
    ),
    "bad-row": Message(
        "这一行有 {found} 列，表头有 {expected} 列",
        "补齐或删去多余的单元格；含逗号的内容请加双引号",
        "The row has {found} columns, the header {expected}",
        "Add or remove cells; put cells with a comma in double quotes",
    ),
    "bad-table": Message(
        "表格读不下去：引号不成对或单元格过长",
        "检查这一行的双引号",
        "The table cannot be read: unpaired quotes or an overlong cell",
        "Check the double quotes of this line",
    ),
    "empty-table": Message(
        "表格没有内容",
        "第一行写表头，其后每行一条",
        "The table is empty",
        "Write a header, then one row per line",
    ),
    "blank-cell": Message(
        "列“{column}”是空的",
        "填写内容，或删去这一行",
        "The column “{column}” is blank",
        "Fill it in or delete the row",
    ),
    "both-or-none": Message(
        "“{one}”与“{other}”要且只要写一个",
        "小表直接写在 {one} 下，大表放进 {other} 所指的 csv 文件",
        "Exactly one of “{one}” and “{other}” is needed",
        "Write small lists under {one}, big ones in the csv file named by {other}",
    ),
}
