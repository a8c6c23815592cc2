"""How the time grows with enterprises (10 thousand to 5 million) and with policies (1 to all shipped, then copies of them).

Prints both tables, with the time for each enterprise and policy beside, and draws them into docs/pictures/growth.svg.
Seconds are of the processor, the median of three.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import log10
from pathlib import Path
from statistics import median

from benchmarks._peers.polars_rules import AS_OF, district, enterprises, needs_of, table_of
from benchmarks.rules import from_packs
from huanchuang.engines.rules import assess
from huanchuang.packs.policies import policies
from huanchuang.packs.vocabulary import work_calendar

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 2_000_000, 5_000_000)
ENTERPRISES = 300_000
COUNTS = (1, 5, 10, 20)
COPIES = (1, 2, 4)
ROUNDS = 3
PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "growth.svg"
INK, GREY, LINE, BLUE, GREEN = "#16191d", "#646b75", "#e4e7ea", "#1b55c7", "#17794a"
WIDTH, HEIGHT, MARGIN, TOP = 400, 320, 56, 80
ROOM = 36
"""Two labels need that much between them."""
Point = tuple[int, float]


def main() -> None:
    """Print both tables and draw them."""
    rows, packs = by_enterprises(), by_policies()
    print("\n  enterprises   seconds   µs each   (the two rule sets of `bench rules`)")
    for count, seconds in rows:
        print(f"{count:13,}{seconds:10.3f}{seconds / count * 1e6:10.3f}")
    print(
        f"\n     policies   seconds   ms each   ({ENTERPRISES:,} enterprises; beyond the shipped ones copies)"
    )
    for count, seconds in packs:
        print(f"{count:13,}{seconds:10.3f}{seconds / count * 1e3:10.1f}")
    PICTURE.write_text(picture(rows, packs), encoding="utf-8")
    print(f"drawn: {PICTURE.relative_to(PICTURE.parents[2])}")


def seconds_of(work: Callable[[], object]) -> float:
    """The median of some rounds, by the processor."""
    taken = []
    for _ in range(ROUNDS):
        gc.collect()
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return median(taken)


def by_enterprises() -> list[Point]:
    """The two rule sets over more and more enterprises."""
    found = []
    for size in SIZES:
        table = table_of(enterprises(size))
        from_packs(table.head(1000))
        found.append((size, seconds_of(lambda table=table: from_packs(table))))
    return found


def by_policies() -> list[Point]:
    """More and more policies over the same enterprises; a copy has requirements of its own that ask the same."""
    shipped = [one for one in policies() if one.is_in_force(AS_OF)]
    table = district(table_of(enterprises(ENTERPRISES)), needs_of(*shipped))
    chosen = [shipped[:count] for count in COUNTS if count < len(shipped)]
    for times in COPIES:
        chosen.append([replace(one, id=f"{one.id}~{copy}") for copy in range(times) for one in shipped])
    for some in chosen:
        assess(some, table.head(10), AS_OF, work_calendar())
    return [
        (len(some), seconds_of(lambda some=some: assess(some, table, AS_OF, work_calendar())))
        for some in chosen
    ]


def picture(rows: Sequence[Point], packs: Sequence[Point]) -> str:
    """Both curves side by side, and what exactly linear growth from the largest one would be."""
    left = panel(rows, "企业数 enterprises（对数 log）", BLUE, 0, is_log=True)
    right = panel(packs, f"政策数 policies × {ENTERPRISES:,} 家企业 enterprises", GREEN, WIDTH, is_log=False)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {HEIGHT}" role="img"'
        ' font-family="Noto Sans CJK SC, Noto Sans SC, sans-serif" font-size="11">\n'
        "<title>判定用时随企业数和政策数增长 · Time of deciding by enterprises and policies</title>\n"
        f'<rect width="{2 * WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{left}{right}</svg>\n'
    )


def panel(points: Sequence[Point], title: str, colour: str, shift: int, *, is_log: bool) -> str:
    """One curve with its axes: seconds of the processor upward."""
    scale = log10 if is_log else float
    low = (scale(points[0][0]), scale(points[0][1])) if is_log else (0.0, 0.0)
    count, most = points[-1]
    if is_log:  # where linear growth back from the last point begins lower, the axis begins there
        low = low[0], min(low[1], scale(most * points[0][0] / count))
    high = scale(count), max(scale(seconds) for _, seconds in points)

    def at(x: float, y: float) -> tuple[float, float]:
        across, up = (scale(x) - low[0]) / (high[0] - low[0]), (scale(y) - low[1]) / (high[1] - low[1])
        return shift + MARGIN + across * (WIDTH - 2 * MARGIN), HEIGHT - MARGIN - up * (HEIGHT - MARGIN - TOP)

    start = points[0][0]
    drawn = [
        f'<text x="{shift + MARGIN}" y="24" fill="{INK}" font-weight="600">{title}</text>',
        f'<text x="{shift + MARGIN}" y="40" fill="{GREY}">处理器秒 processor seconds；虚线 dashed：线性 linear</text>',
        stroke([at(start, most * start / count), at(count, most)], GREY, 'stroke-dasharray="4 3"'),
        stroke([at(*point) for point in points], colour, 'stroke-width="2"'),
    ]
    last = -ROOM
    for x, seconds in points:
        across, up = at(x, seconds)
        drawn.append(f'<circle cx="{across:.1f}" cy="{up:.1f}" r="3" fill="{colour}"/>')
        if across - last < ROOM:
            continue
        last = across
        drawn.append(label(across, HEIGHT - MARGIN + 16, short(x), GREY))
        drawn.append(label(across, up - 8, f"{seconds:.2g}", INK))
    base = stroke(
        [(shift + MARGIN, HEIGHT - MARGIN), (shift + WIDTH - MARGIN, HEIGHT - MARGIN)],
        LINE,
        'stroke-width="1"',
    )
    return "\n".join([base, *drawn]) + "\n"


def label(across: float, up: float, text: str, colour: str) -> str:
    """A text under or over a point."""
    return f'<text x="{across:.1f}" y="{up:.1f}" fill="{colour}" text-anchor="middle">{text}</text>'


def stroke(points: Sequence[tuple[float, float]], colour: str, more: str) -> str:
    """A line through some points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" {more}/>'


def short(count: int) -> str:
    """1万, 100万 as one says them; small numbers as they are."""
    return f"{count // 10_000}万" if count >= 10_000 else str(count)
