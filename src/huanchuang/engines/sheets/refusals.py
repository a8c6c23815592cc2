"""Why a file is no spreadsheet that can be read here: one entry for each reason, with the way out."""

from __future__ import annotations

from huanchuang.engines.kernel.problem import ProblemError, refuse

_Parts = tuple[str, str]

REASONS: dict[str, tuple[_Parts, _Parts]] = {
    "empty": (
        ("是空的", "请确认选对了文件，再上传一次"),
        ("is empty", "Check that it is the right file and upload it again"),
    ),
    "old": (
        (
            "是旧版 Excel 文件（.xls），或设有打开密码",
            "请用 Excel 或 WPS 打开，去掉密码，另存为 xlsx 后再上传",
        ),
        (
            "is an old Excel file (.xls) or needs a password to open",
            "Open it in Excel or WPS, remove the password and save it as xlsx",
        ),
    ),
    "ods": (
        ("是 OpenDocument 表格（.ods）", "请另存为 xlsx 后再上传"),
        ("is an OpenDocument spreadsheet (.ods)", "Save it as xlsx and upload it again"),
    ),
    "binary": (
        ("是二进制 Excel 文件（.xlsb）", "请另存为 xlsx 后再上传"),
        ("is a binary Excel file (.xlsb)", "Save it as xlsx and upload it again"),
    ),
    "other": (
        ("不是表格文件", "请上传 xlsx 或 csv 文件"),
        ("is no spreadsheet", "Upload an xlsx or csv file"),
    ),
    "web": (
        ("其实是网页，只是改了名字", "请用 Excel 或 WPS 打开，另存为 xlsx 后再上传"),
        ("is a web page under another name", "Open it in Excel or WPS and save it as xlsx"),
    ),
    "damaged": (
        ("已损坏或不完整", "请用 Excel 或 WPS 打开检查，另存为 xlsx 后再上传"),
        ("is damaged or incomplete", "Open it in Excel or WPS, check it and save it as xlsx"),
    ),
    "large": (
        ("解开后过大", "请拆成几个较小的文件，分别上传"),
        ("is far too large when unpacked", "Split it into smaller files and upload them one by one"),
    ),
    "no_sheet": (
        ("里面没有工作表", "请确认文件内容，再上传一次"),
        ("holds no worksheet", "Check its content and upload it again"),
    ),
    "encoding": (
        ("的文字编码无法识别", "请用记事本打开，另存为 UTF-8 编码后再上传"),
        ("is in an unknown encoding", "Open it in a text editor, save it as UTF-8 and upload it again"),
    ),
}


def refusal(reason: str, name: str) -> ProblemError:
    """The error that says why the file `name` cannot be read (a key of REASONS), and what to do."""
    (what, remedy), (what_en, remedy_en) = REASONS[reason]
    return refuse(
        f"sheets.{reason}",
        (f"文件“{name}”" if name else "文件", what, remedy),
        (f"file {name}" if name else "the file", what_en, remedy_en),
    )


def no_such_sheet(name: str, known: tuple[str, ...]) -> ProblemError:
    """For a sheet that the file does not hold."""
    listed, listed_en = "、".join(known), ", ".join(known)
    return refuse(
        "sheets.unknown_sheet",
        (f"工作表“{name}”", "在文件里找不到", f"请选择：{listed}"),
        (f"sheet {name}", "is not in the file", f"Choose one of: {listed_en}"),
    )


def unpaired_quote(name: str, line: int) -> ProblemError:
    """For a csv file whose quotation marks do not pair."""
    return refuse(
        "sheets.quote",
        (f"文件“{name}”第{line}行", "引号不成对，无法分列", "请检查这一行的双引号；内容里的双引号要写成两个"),
        (
            f"file {name}, line {line}",
            "has an unpaired quotation mark",
            "Check the double quotes of this line; a quote inside of a value is written twice",
        ),
    )
