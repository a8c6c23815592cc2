"""Why a file is not taken: one entry for each reason, with the way out, in both languages."""

from __future__ import annotations

from huanchuang.engines.kernel.problem import ProblemError, refuse

_Parts = tuple[str, str]

REASONS: dict[str, tuple[_Parts, _Parts]] = {
    "too_large": (
        ("文件超过 {limit}", "请压缩图片或拆分文件后再上传。"),
        ("the file is larger than {limit}", "Compress its pictures or split it, then upload again."),
    ),
    "empty": (
        ("文件是空的", "请检查后重新选择文件。"),
        ("the file is empty", "Check it and choose again."),
    ),
    "no_room": (
        ("没有保存，服务器的存储已满或不能写入", "请联系管理员清理存储后再上传。"),
        (
            "not saved, the server's storage is full or cannot be written",
            "Ask the administrator to make room.",
        ),
    ),
    "unknown_type": (
        ("无法识别文件内容的类型", "请上传 {accept} 格式的文件。"),
        ("the type of its content is not known here", "Upload one of: {accept}."),
    ),
    "not_accepted": (
        ("这里不接收 {kind} 文件", "请上传 {accept} 格式的文件。"),
        ("{kind} files are not taken here", "Upload one of: {accept}."),
    ),
    "name_disagrees": (
        ("文件名以 .{suffix} 结尾，内容却是 {kind}", "请用原来的程序打开，另存为正确的格式后再上传。"),
        (
            "the name ends in .{suffix} but the content is {kind}",
            "Open it in its own program and save it in the right format.",
        ),
    ),
    "legacy_office": (
        (
            "这是旧版 Office 文件（.doc、.xls 等）",
            "请用 Word 或 WPS 打开，另存为 docx（表格另存为 xlsx）后再上传。",
        ),
        (
            "this is an old Office file (.doc, .xls and the like)",
            "Open it in Word or WPS and save it as docx (a table as xlsx).",
        ),
    ),
    "encrypted": (
        ("文件设有打开密码", "请在原程序中去掉密码，另存后再上传。"),
        (
            "the file needs a password to open",
            "Remove the password in its own program, save and upload again.",
        ),
    ),
    "archive": (
        ("这是压缩包", "请解压后把里面的文件分别上传。"),
        ("this is an archive", "Unpack it and upload the files in it one by one."),
    ),
    "damaged": (
        ("文件已损坏或不完整（{detail}）", "请用原来的程序打开检查，另存后再上传。"),
        (
            "the file is damaged or incomplete ({detail_en})",
            "Open it in its own program, check it, save and upload again.",
        ),
    ),
    "bomb": (
        ("解压后的内容过大（{detail}），可能是压缩炸弹", "请确认来源；内容正常的请拆分成较小的文件再上传。"),
        (
            "unpacked, its content is far too large ({detail_en}); it may be a zip bomb",
            "Check where it came from; split honest content into smaller files.",
        ),
    ),
    "odd_archive": (
        ("文件内部结构异常（{detail}）", "请用 Word、Excel 或 WPS 打开，另存为新文件后再上传。"),
        (
            "its inner structure is irregular ({detail_en})",
            "Open it in Word, Excel or WPS, save it as a new file and upload that.",
        ),
    ),
    "macros": (
        ("文件含有宏或控件（{detail}）", "请另存为不含宏的 docx 或 xlsx 后再上传。"),
        (
            "the file holds macros or controls ({detail_en})",
            "Save it as a docx or xlsx without macros and upload that.",
        ),
    ),
    "doctype": (
        (
            "文件内的 {part} 含有 DTD 或实体声明，可能用来读取服务器上的内容",
            "请用 Word、Excel 或 WPS 打开，另存为新文件后再上传。",
        ),
        (
            "its part {part} declares a DTD or entities, which can be used to read from the server",
            "Open it in Word, Excel or WPS, save it as a new file and upload that.",
        ),
    ),
    "fetches": (
        ("文件打开时会从外部地址取内容（{detail}）", "请在原程序中断开该链接或模板，另存后再上传。"),
        (
            "opening the file fetches content from elsewhere ({detail_en})",
            "Break that link or template in its own program, save and upload again.",
        ),
    ),
    "active_pdf": (
        ("PDF 含有会自动执行的内容（{detail}）", "请用“打印为 PDF”得到一份静态文件后再上传。"),
        (
            "the PDF holds content that runs by itself ({detail_en})",
            "Print it to PDF to get a plain copy and upload that.",
        ),
    ),
    "two_in_one": (
        ("文件里藏有另一个文件（压缩包）", "请用原来的程序打开，另存为新文件后再上传。"),
        (
            "another file (an archive) is hidden in it",
            "Open it in its own program, save it as a new file and upload that.",
        ),
    ),
    "huge_picture": (
        ("图片的像素过多（{detail}）", "请缩小到 6000 万像素以内再上传。"),
        ("the picture has too many pixels ({detail_en})", "Scale it down to 60 megapixels or less."),
    ),
    "not_text": (
        ("内容不是 UTF-8 或 GB18030 编码的文本（{detail}）", "请用记事本打开，另存为 UTF-8 编码后再上传。"),
        (
            "its content is not text in UTF-8 or GB18030 ({detail_en})",
            "Open it in a text editor, save it as UTF-8 and upload again.",
        ),
    ),
}


def refusal(reason: str, name: str, **details: object) -> ProblemError:
    """The error that says that the file `name` is refused for `reason` (a key of REASONS), and what to do."""
    (what, remedy), (what_en, remedy_en) = REASONS[reason]
    return refuse(
        f"files.{reason}",
        (f"文件“{name}”", what.format(**details), remedy.format(**details)),
        (f"File {name}", what_en.format(**details), remedy_en.format(**details)),
    )


class Refused(Exception):
    """Raised by a check that does not know the file's name: the reason and its details."""

    def __init__(self, reason: str, detail: str = "", detail_en: str = "", **details: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details: dict[str, str] = {"detail": detail, "detail_en": detail_en or detail, **details}
