"""PDF files with a text layer, page by page."""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from huanchuang.engines.kernel.problem import Problem, ProblemError, ProblemText, refuse
from huanchuang.engines.reader.formats import ocr
from huanchuang.engines.reader.formats.pdf_tables import grids_of, rows_of
from huanchuang.engines.reader.values import Paper

_PAGE_NUMBER = re.compile(
    r"[\s\-—–－·_|]*(?:第\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?(?:\s*页)?(?:\s*,?\s*共\s*\d{1,4}\s*页)?[\s\-—–－·_|]*"
)
_FEW = 8  # a page with fewer characters than this has no text layer
_EDGE = 2


def read_pdf(data: bytes, name: str) -> Paper:
    """The text of a pdf without page numbers and running heads; ProblemError where it is damaged, encrypted or scanned throughout.

    Scanned pages are read by character recognition where it is installed, else left out; either way they are named in
    `Paper.problems`.
    """
    pages, scanned, recognised = _pages(data, name)
    if not any(pages):
        raise _scanned_throughout(name, len(pages))
    furniture = _furniture(pages)
    lines = [line for page in pages for line in _body(page, furniture)]
    problems = [_scanned(name, scanned)] if scanned else []
    problems += [_recognised(name, recognised)] if recognised else []
    return Paper("\n".join(lines) + "\n", "pdf", name, tuple(problems))


def _pages(data: bytes, name: str) -> tuple[list[list[str]], list[int], list[int]]:
    """The lines of each page, the numbers of scanned pages that were not read, and of those that were recognised."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _unreadable(str(error), name) from error
    try:
        pages = [_lines(document, number) for number in range(len(document))]
        bare = [number for number, page in enumerate(pages) if sum(map(len, page)) < _FEW]
        scanned = [number for number in bare if len(bare) == len(pages) or _has_picture(document[number])]
        recognised = []
        if scanned and ocr.is_there():
            for number in scanned:
                pages[number] = ocr.lines_of(document[number])
            recognised = [number + 1 for number in scanned if pages[number]]
        unread = [number + 1 for number in scanned if number + 1 not in recognised]
    except pdfium.PdfiumError as error:
        raise _unreadable(str(error), name) from error
    finally:
        document.close()
    # what little text stands on a picture is a stamp or a page number
    pictures = {number - 1 for number in unread}
    return [[] if number in pictures else page for number, page in enumerate(pages)], unread, recognised


def _has_picture(page: pdfium.PdfPage) -> bool:
    """A page without text and without a picture is blank."""
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _lines(document: pdfium.PdfDocument, number: int) -> list[str]:
    page = document[number]
    layer = page.get_textpage()
    try:
        text = _text(page, layer)
    finally:
        layer.close()
        page.close()
    # pdfium marks a hyphen at a line end by U+FFFE; lone surrogates come from fonts without a Unicode table
    plain = "".join(
        sign for sign in text if sign not in "\ufffe\uffff\x02" and not 0xD800 <= ord(sign) < 0xE000
    )
    return [
        line.strip() for line in plain.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()
    ]


def _text(page: pdfium.PdfPage, layer: pdfium.PdfTextPage) -> str:
    """The text of a page from the top; of a ruled table a line per row."""
    grids = grids_of(page)
    if not grids:
        whole: str = layer.get_text_bounded()
        return whole
    width, height = page.get_size()
    parts, top = [], height
    for grid in grids:
        if grid.top <= top:
            parts.append(layer.get_text_bounded(0, grid.top, width, top))
            parts.extend(rows_of(grid, layer))
            top = grid.bottom
    parts.append(layer.get_text_bounded(0, 0, width, top))
    return "\n".join(parts)


def _furniture(pages: list[list[str]]) -> set[str]:
    """Lines at the edges of pages that come again on most of them."""
    if len(pages) < 4:
        return set()
    edges = Counter(line for page in pages for line in {*page[:_EDGE], *page[-_EDGE:]})
    return {line for line, count in edges.items() if count * 2 > len(pages)}


def _body(page: list[str], furniture: set[str]) -> list[str]:
    last = len(page) - 1
    return [
        line
        for at, line in enumerate(page)
        if not ((at < _EDGE or at > last - _EDGE) and (line in furniture or _PAGE_NUMBER.fullmatch(line)))
    ]


def _unreadable(reason: str, name: str) -> ProblemError:
    if "assword" in reason:
        return refuse(
            "reader.pdf.password",
            (f"文件 {name or 'pdf'}", "加了密码", "请去掉密码后再上传"),
            (f"file {name or 'pdf'}", "has a password", "Remove the password and upload it again"),
        )
    return refuse(
        "reader.pdf.damaged",
        (f"文件 {name or 'pdf'}", "已损坏或不是 PDF", "请重新导出，或上传 Word 原件"),
        (f"file {name or 'pdf'}", "is damaged or no pdf", "Export it again, or upload the Word file"),
    )


def _scanned_throughout(name: str, pages: int) -> ProblemError:
    return refuse(
        "reader.pdf.scanned",
        (
            f"文件 {name or 'pdf'}",
            f"{pages}页都是扫描图像，没有文字层",
            "请上传 Word 原件，或用带文字识别（OCR）的软件转成可复制文字的 PDF；管理员也可安装识别组件 huanchuang[ocr]",
        ),
        (
            f"file {name or 'pdf'}",
            f"consists of {pages} scanned pages without text",
            "Upload the Word file, or run it through OCR software; the administrator can install huanchuang[ocr]",
        ),
    )


def _scanned(name: str, pages: list[int]) -> Problem:
    shown = "、".join(map(str, pages[:20])) + ("等" if len(pages) > 20 else "")
    english = ", ".join(map(str, pages[:20]))
    return Problem(
        f"文件 {name or 'pdf'} 第{shown}页",
        "是扫描图像，没有读到文字",
        "请用文字识别（OCR）转换这些页后重新上传，或由管理员安装识别组件 huanchuang[ocr]",
        "reader.pdf.scanned-pages",
        ProblemText(
            f"file {name or 'pdf'}, pages {english}",
            "are scanned and were not read",
            "Run these pages through OCR and upload it again",
        ),
    )


def _recognised(name: str, pages: list[int]) -> Problem:
    shown = "、".join(map(str, pages[:20])) + ("等" if len(pages) > 20 else "")
    english = ", ".join(map(str, pages[:20]))
    return Problem(
        f"文件 {name or 'pdf'} 第{shown}页",
        "是扫描图像，文字由识别得出",
        "请对照原件核对数字和单位名称",
        "reader.pdf.recognised-pages",
        ProblemText(
            f"file {name or 'pdf'}, pages {english}",
            "are scanned; their text was recognised",
            "Check figures and names against the original",
        ),
    )
