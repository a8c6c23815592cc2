"""Writing the trail, sealing it, and proving that it is whole."""

from huanchuang.audit.services.trail import SYSTEM, Actor, record, record_bulk, record_look

__all__ = ["SYSTEM", "Actor", "record", "record_bulk", "record_look"]
