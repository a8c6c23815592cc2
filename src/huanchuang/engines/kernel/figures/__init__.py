"""Figures in running Chinese text: every number with its unit, its comparator and its place.

    高新技术企业突破250家  →  突破250家, 250, 家, ">"          增长30%以上  →  30, %, growth, at least
    投入3—5亿元           →  3 to 5, 亿元, "range"              全覆盖       →  100, %, implied

What only looks like a figure is left out: document numbers, dates, ordinals (第3次, 前10名), telephone numbers, clause
numbers, titles in 《》, short names in quotation marks (“1+10+N”, “4100”), names and mere counts of structure in Chinese
numerals (一城两院八校, 四大工程, 三项制度).

1. `patterns` knows the shapes, `words` the words that compare; `lexicon` joins them to the units, and to words that a pack adds.
2. `amounts` turns a match into value and unit, `specials` does so for 三分之一, 全覆盖, 突破千亿元.
3. `context` reads the words around an amount and tells figures from names, dates and idioms.
4. `scan` puts them together. Time is linear in the length of the text.
"""

from huanchuang.engines.kernel.figures.lexicon import BOUNDS, LEXICON, Lexicon, lexicon
from huanchuang.engines.kernel.figures.scan import scan_figures
from huanchuang.engines.kernel.figures.values import Figure

__all__ = ["BOUNDS", "LEXICON", "Figure", "Lexicon", "lexicon", "scan_figures"]
