"""Papers of a district that does not exist, written for these tests."""

from __future__ import annotations

import html
from io import BytesIO

import docx

PLAN = """青禾区人民政府办公室关于印发青禾区科创走廊建设行动方案（2026—2028年）的通知
青禾府办发〔2026〕12号
各镇人民政府、各街道办事处，区级各部门：
《青禾区科创走廊建设行动方案（2026—2028年）》已经区政府同意，现印发给你们，请认真组织实施。
一、发展基础
（一）平台初具规模。截至2025年底，全区建成研发平台46个，其中市级以上18个，累计引进高端人才320名。
（二）投入持续增加。2025年全社会研发经费投入21.4亿元，同比增长13.5%。
二、主要目标
到2028年，高新技术企业突破260家，研发投入强度达到3.2%以上，技术合同成交额年均增长20%左右，规上企业研发机构实现全覆盖，创新生态更加完善。
三、重点任务
（一）建设高能级平台。
1.做强青禾实验室。2026年底前建成公共测试平台3—5个，引进创新团队不少于12个。（区科技局牵头，区财政局、青禾经开区管委会配合）
2.办好概念验证中心。出台《青禾区概念验证中心管理办法》，6月底前完成首批遴选，每年支持项目10个以上。（责任单位：区科技局、区教委，各街道办事处）
（二）壮大创新主体。制定高新技术企业倍增工作方案，年内新增科技型企业80余家。对首次认定的高新技术企业，一次性奖励20万元。
四、保障措施
一是加强统筹。成立由区长任组长的领导小组，区发展改革委要按季度调度进展。二是强化督查。请区政府督查室会同区科技局定期通报。
附件：1.重点任务分工表（略）
2.重点项目清单
青禾区人民政府办公室
2026年3月18日
（联系人：孙工，联系电话：023-60010002）
"""

BROKEN = """关于支持云麓大学科技园建设的实施方案
为加快推进云麓大学科技园建设，推动更多科技成果就
地转化，结合我市实际情况和有关部门的意见，研究制
定本方案，请各有关单位在工作中一并抓好贯彻落实工
作，及时总结推广好的经验做法并按要求报送有关情况
并对照年度计划逐项检查，重大问题要及时向市政府专题
汇报，确保各项任务按期完成并取得群众满意的实际成效
一、工作任务
（一）加快载体建设，打造“学院+ 园区+ 基金”协同创新
模式
1.扩大孵化面积。2027年底前，新增孵化面积2 万平方米，带
动社会投资5 亿元以上，培育上市后备企业6 家，吸引风险投资机
构3家以上，形成良好的创新生态和更加开放的合作氛围
"""

LETTER = """松溪市科学技术局关于市政协第八届三次会议第0156号提案的复函
林岚委员：
您提出的《关于盘活高校专利的建议》（第0156号提案）收悉。经会同市教育局、市市场监管局研究，现答复如下：
一、工作开展情况
（一）加强政策保障。目前，全市已有8所高校开展成果赋权，完成赋权项目64项，合同金额超1.5亿元。
（二）做实对接服务。连续举办三届“双城杯”路演，累计服务企业近900家次。
二、下一步工作打算
一是完善机制。市教育局将牵头修订职务科技成果管理办法。二是扩大试点，力争“十五五”期间覆盖全部在松高校，新增转化项目1020个。
松溪市科学技术局
2026525
"""

REPORT = """松溪县2025年计划执行情况与2026年计划草案的报告
——2026年1月15日在松溪县第九届人民代表大会第五次会议上
各位代表：
一、2025年计划执行情况
2025年，地区生产总值完成412.6亿元，增长6.2%。
（一）创新动能增强。新认定高新技术企业23家，争取资金6800万元。
二、2026年预期目标
地区生产总值增长6%左右，研发投入强度提高到2.2%。
三、2026年重点任务
（一）聚力创新。3月底前启动二期建设，全年组织对接活动不少于24场。
"""


def as_docx(text: str) -> bytes:
    """The text as a Word document, a paragraph per line."""
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_html(text: str) -> bytes:
    """The text as a page with navigation around it."""
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    page = f"<html><head><title>站点</title><style>p{{}}</style></head><body><nav>首页 政务公开</nav><div>{lines}</div><footer>版权所有</footer></body></html>"
    return page.encode()


Line = tuple[float, float, float, float]


def as_pdf(pages: list[list[str] | None], *, encrypted: bool = False) -> bytes:
    """A pdf whose text layer holds the given lines of each page; a page that is None is a picture."""
    drawn = [None if lines is None else (_running(lines), ()) for lines in pages]
    return _drawn(drawn, encrypted)


def as_ruled_pdf(before: list[str], rows: list[list[str]], widths: list[int], spans: Spans = ()) -> bytes:
    """A pdf of one page with lines of text and below them a table in ruled cells.

    A text that is too long for its column runs on in further lines. `spans` are cells (row, column, down, across) that
    take the place of others.
    """
    shown = [[_wrapped(text, width) for text, width in zip(row, widths, strict=True)] for row in rows]
    heights = [14 * max(len(lines) for lines in row) + 8 for row in shown]
    left = [40 + 12 * sum(widths[:column]) + 10 * column for column in range(len(widths) + 1)]
    top = [760 - 14 * len(before) - sum(heights[:row]) for row in range(len(rows) + 1)]
    merged = {
        (r, c) for row, column, down, across in spans for r in range(row, row + down) for c in range(column, column + across)
    }  # fmt: skip
    owners = {(row, column): (down, across) for row, column, down, across in spans}
    texts, rules = [(40.0, 790.0, before)], []
    for row, cells in enumerate(shown):
        for column, lines in enumerate(cells):
            down, across = owners.get((row, column), (0, 0) if (row, column) in merged else (1, 1))
            if down:
                x0, y0, x1, y1 = left[column], top[row], left[column + across], top[row + down]
                texts.append((x0 + 4.0, y0 - 13.0, lines))
                rules += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return _drawn([(texts, tuple(rules))], False)


Spans = tuple[tuple[int, int, int, int], ...] | list[tuple[int, int, int, int]]
Texts = list[tuple[float, float, list[str]]]


def _running(lines: list[str]) -> Texts:
    return [(50.0, 800.0, lines)]


def _wrapped(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)] or [""]


def _drawn(pages: list[tuple[Texts, tuple[Line, ...]] | None], encrypted: bool) -> bytes:
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    kids = b" ".join(b"%d 0 R" % (7 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>",
        _stream(cmap),
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x00\nendstream",
    ]
    for number, page in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</I 6 0 R>>>>/Contents %d 0 R>>"
            % (8 + 2 * number)
        )
        objects.append(_stream(b"q 500 0 0 700 40 40 cm /I Do Q" if page is None else _content(*page)))
    return _assembled(objects, encrypted)


def _content(texts: Texts, rules: tuple[Line, ...]) -> bytes:
    parts = []
    for x, y, lines in texts:
        shown = b" ".join(b"<%s> Tj T*" % line.encode("utf-16-be").hex().encode() for line in lines)
        parts.append(b"BT /F 12 Tf 14 TL %d %d Td %s ET" % (x, y, shown))
    parts += [b"%d %d m %d %d l S" % rule for rule in rules]
    return b"\n".join(parts)


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def _assembled(objects: list[bytes], encrypted: bool) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    lock = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"11" * 32, b"22" * 32)
    trailer = b"<</Size %d/Root 1 0 R%s>>" % (len(objects) + 1, lock if encrypted else b"")
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer%s\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        table,
        trailer,
        len(out),
    )
