"""Why a file is not taken: one entry per reason, in both languages."""

from __future__ import annotations

from huanchuang.engines.kernel.problem import Problem, ProblemError, ProblemText

_Parts = tuple[str, str]

REASONS: dict[str, tuple[_Parts, _Parts]] = {
    "too_large": (
        ("文件超过 {limit}", "请压缩图片、拆分文件后再上传"),
        ("the file is larger than {limit}", "Compress its pictures or split it, then upload again."),
    ),
    "empty": (("文件是空的", "请检查后重新选择文件"), ("the file is empty", "Check it and choose again.")),
    "unknown_type": (
        ("无法识别文件内容的类型", "请上传 {accept} 格式的文件"),
        ("the type of the content is not recognised", "Upload one of: {accept}."),
    ),
    "not_accepted": (
        ("这里不接收 {kind} 文件", "请上传 {accept} 格式的文件"),
        ("{kind} files are not taken here", "Upload one of: {accept}."),
    ),
    "name_disagrees": (
        ("文件名是 .{suffix}，内容却是 {kind}", "请用原来的程序另存为正确的格式后再上传"),
        (
            "the name says .{suffix}, the content is {kind}",
            "Save it in the right format with its own program.",
        ),
    ),
}


def refusal(reason: str, name: str, **details: object) -> ProblemError:
    """The error that says that the file `name` is refused for `reason`, and what to do."""
    (what, remedy), (what_en, remedy_en) = REASONS[reason]
    english = ProblemText(f"File {name}", what_en.format(**details), remedy_en.format(**details))
    problem = Problem(
        f"文件“{name}”", what.format(**details), remedy.format(**details) + "。", f"files.{reason}", english
    )
    return ProblemError(problem)
