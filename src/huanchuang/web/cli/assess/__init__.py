"""`huanchuang assess`: a table of facts in, a row for every organisation and policy out. Needs neither settings nor database."""

from huanchuang.web.cli.assess.command import assess_file

__all__ = ["assess_file"]
