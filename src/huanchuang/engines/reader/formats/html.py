"""Pages saved from a government site."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from huanchuang.engines.kernel.problem import refuse
from huanchuang.engines.reader.formats.text import decode
from huanchuang.engines.reader.values import Paper

_FURNITURE = "script, style, noscript, template, nav, header, footer, aside, form, button, select, iframe, svg, object, head, [hidden], [aria-hidden=true]"
_MAIN = "article, main, #UCAP-CONTENT, #zoom, #Zoom, .TRS_Editor, .trs_editor_view, .article-content, .zwxl-article, .content-text, .pages_content"
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "table",
        "tbody",
        "thead",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "br",
        "hr",
        "title",
        "figure",
        "figcaption",
        "center",
    ]
)
_CELLS = frozenset(("td", "th"))
_NO_DATA = "table, h1, h2, h3, ul, ol"
_LONGEST_CELL = 2000
_WIDEST = 60
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_CHINESE_SETS = ("gb2312", "gbk", "gb18030")


def read_html(data: bytes, name: str) -> Paper:
    """The text that a reader of the page sees, a line per block, without navigation, forms and scripts; ProblemError where there is none."""
    tree = LexborHTMLParser(_decoded(data, name))
    for node in tree.css(_FURNITURE):
        node.decompose()
    root = _main(tree) or tree.body or tree.root
    text = _text(root) if root is not None else ""
    if not text.strip():
        raise refuse(
            "reader.html",
            (f"文件 {name or 'html'}", "网页里没有正文文字", "请保存完整网页，或复制正文存为 txt"),
            (
                f"file {name or 'html'}",
                "has no text",
                "Save the whole page, or copy its text into a txt file",
            ),
        )
    return Paper(text, "html", name)


def _decoded(data: bytes, name: str) -> str:
    """By the declared character set where it is a Chinese one, else as plain text."""
    declared = _CHARSET.search(data[:4000])
    if declared and declared[1].decode("ascii").lower() in _CHINESE_SETS:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            return decode(data, name)
    return decode(data, name)


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds nearly all the text, where the site marks one."""
    body = tree.body
    if body is None:
        return None
    whole = len(body.text())
    found = max(tree.css(_MAIN), key=lambda node: len(node.text()), default=None)
    return found if found is not None and len(found.text()) * 2 >= whole else None


def _text(root: LexborNode) -> str:
    """The text below a node, a line per block; walks without recursion, however deep the page is nested."""
    parts: list[str] = []
    spans: list[dict[int, int]] = [{}]
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            parts.append(_shown(node))
            continue
        if tag == "tr" and not leaving:
            row = _row(node, spans[-1])
            if row is not None:
                parts.append(f"\n{row}\n")
                continue
        if tag == "table":
            spans = spans[:-1] if leaving else [*spans, {}]
        if tag in _BLOCKS or tag in _CELLS:
            parts.append("\n")
        if not leaving and node.first_child is not None:
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(_children(node)))
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return "".join(f"{line}\n" for line in lines if line.strip(" |"))


def _row(row: LexborNode, spans: dict[int, int]) -> str | None:
    """The cells of a row of data under their columns; None for a row that only lays out a page. Cells over several
    columns or rows leave blanks beside and below them."""
    cells = [cell for cell in _children(row) if cell.tag in _CELLS]
    if len(cells) + len(spans) < 2 or any(cell.css_first(_NO_DATA) is not None for cell in cells):
        return None
    texts = [" ".join(_text(cell).split()) for cell in cells]
    if sum(map(bool, texts)) + len(spans) < 2 or max(map(len, texts), default=0) > _LONGEST_CELL:
        return None
    out: list[str] = []
    for cell, text in zip(cells, texts, strict=True):
        _below(out, spans)
        wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
        for column in range(len(out), len(out) + wide):
            if high > 1:
                spans[column] = high - 1
        out += [text, *[""] * (wide - 1)]
    _below(out, spans)
    return " | ".join(out)


def _below(out: list[str], spans: dict[int, int]) -> None:
    """Blanks where a cell of an earlier row reaches down."""
    while spans.get(len(out), 0) and len(out) < _WIDEST:
        column = len(out)
        spans[column] -= 1
        if not spans[column]:
            del spans[column]
        out.append("")


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return min(max(int(value), 1), _WIDEST) if value.isdecimal() and len(value) < 5 else 1


def _shown(node: LexborNode) -> str:
    text = node.text_content or ""
    if node.parent is not None and node.parent.tag == "pre":
        return text.replace("\r\n", "\n")
    return _BLANKS.sub(" ", text)


def _children(node: LexborNode) -> list[LexborNode]:
    children: list[LexborNode] = []
    child = node.first_child
    while child is not None:
        children.append(child)
        child = child.next
    return children
