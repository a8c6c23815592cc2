"""Files and folders that cannot be a pack."""

from __future__ import annotations

from huanchuang.packs.messages.message import Message

FILES = {
    "not-a-folder": Message(
        "“{name}”不是文件夹",
        "请给出定义包所在的文件夹",
        "“{name}” is no folder",
        "Give the folder that holds the packs",
    ),
    "unknown-kind": Message(
        "没有“{name}”这一类定义",
        "文件夹名请用下列之一：{known}{hint}",
        "There is no kind of definition named “{name}”",
        "Name the folder one of: {known}{hint_en}",
    ),
    "stray-file": Message(
        "这里只放定义包的文件夹，不放文件“{name}”",
        "请把它移进所属的定义包，或删除",
        "Only folders of packs belong here, not the file “{name}”",
        "Move it into its pack or delete it",
    ),
    "bad-id": Message(
        "编号“{name}”不合规矩",
        "编号写成“地区.名称”，只用小写字母、数字和连字符，例如 national.regions",
        "“{name}” is not a valid id",
        "Write region.name in lower-case letters, digits and hyphens, for example national.regions",
    ),
    "id-differs": Message(
        "编号“{found}”与文件夹名“{folder}”不一致",
        "把 id 改成 {folder}，或把文件夹改名为 {found}",
        "The id “{found}” differs from the folder's name “{folder}”",
        "Change the id to {folder}, or rename the folder to {found}",
    ),
    "duplicate-pack": Message(
        "编号“{name}”已被另一个定义包使用（{other}）",
        "换一个编号，或删除其中一个",
        "The id “{name}” is already used by another pack ({other})",
        "Choose another id or delete one of the two",
    ),
    "no-definition": Message(
        "文件夹里没有定义文件 {name}",
        "新建 {name}，或运行 huanchuang packs new 生成样板",
        "The folder has no definition file {name}",
        "Create {name}, or let huanchuang packs new write a skeleton",
    ),
    "no-readme": Message(
        "缺少 README.md",
        "新建 README.md，写明依据和出处",
        "README.md is missing",
        "Create it and cite the sources",
    ),
    "no-cases": Message(
        "缺少案例文件 cases.yaml",
        "新建 cases.yaml，至少写一个案例",
        "The example cases (cases.yaml) are missing",
        "Create cases.yaml with at least one case",
    ),
    "few-cases": Message(
        "只有 {size} 个案例，发布至少要 {least} 个",
        "补上案例：每个门槛至少写恰好达到和差最小一步两种情形",
        "There are {size} cases, publication needs at least {least}",
        "Add cases: on each threshold, and one smallest step beside it",
    ),
    "no-file": Message(
        "找不到文件“{name}”",
        "检查文件名，或把文件放进定义包的文件夹",
        "The file “{name}” was not found",
        "Check its name, or put it into the folder of the pack",
    ),
    "outside": Message(
        "文件名“{name}”指到了定义包之外",
        "只写本文件夹里的文件名，不带路径",
        "The file name “{name}” points outside of the pack",
        "Write the plain name of a file in this folder",
    ),
    "link": Message(
        "“{name}”是符号链接",
        "请放入文件本身，不用链接",
        "“{name}” is a symbolic link",
        "Put the file itself here, not a link",
    ),
    "unreadable": Message(
        "读不了这个文件",
        "检查文件的读取权限和磁盘",
        "The file cannot be read",
        "Check its permissions and the disk",
    ),
    "too-large": Message(
        "文件有 {size} 字节，超过上限 {limit} 字节",
        "把大表拆成几个定义包，或删去不用的内容",
        "The file has {size} bytes, more than the limit of {limit}",
        "Split the table into several packs or drop what is not used",
    ),
    "bom": Message(
        "文件以字节顺序标记（BOM）开头",
        "另存为“UTF-8（无 BOM）”",
        "The file begins with a byte order mark (BOM)",
        "Save it as UTF-8 without BOM",
    ),
    "gbk": Message(
        "文件不是 UTF-8，看起来是 GBK 编码",
        "用编辑器另存为 UTF-8",
        "The file is not UTF-8; it looks like GBK",
        "Save it as UTF-8 in your editor",
    ),
    "not-utf8": Message(
        "文件不是 UTF-8 文本",
        "用编辑器另存为 UTF-8",
        "The file is not UTF-8 text",
        "Save it as UTF-8 in your editor",
    ),
}
