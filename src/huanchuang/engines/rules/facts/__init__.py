"""A table of facts as offices keep it, one row per organisation and year, made the columns policies are decided on.

1. `values` reads each column as what its fact is: full-width digits, thousands, 是 and 否, days in any spelling, codes.
   What is no value of the fact is a fault with its row and column, and unknown from then on.
2. `rows` checks organisation and year, and rows that stand twice.
3. `wide` lays years side by side: one row per organisation, a column for each fact and year that is asked for.

Nothing is lost: an organisation stands in the answer even where none of its rows can be used.
"""

from huanchuang.engines.rules.facts.faults import FAULTS, Fault
from huanchuang.engines.rules.facts.table import FactTable, fact_table

__all__ = ["FAULTS", "FactTable", "Fault", "fact_table"]
