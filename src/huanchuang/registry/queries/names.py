"""Names the Chinese way; the work is done in `engines.sameness.names`."""

from huanchuang.engines.sameness.names import normalise, search_text, spellings, without_brackets

__all__ = ["normalise", "search_text", "spellings", "without_brackets"]
