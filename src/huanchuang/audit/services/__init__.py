"""Writing the trail, sealing it, and proving that it is whole."""

from huanchuang.audit.services.sealing import seal
from huanchuang.audit.services.trail import SYSTEM, Actor, record, record_bulk, record_look
from huanchuang.audit.services.verification import Verification, verify

__all__ = ["SYSTEM", "Actor", "Verification", "record", "record_bulk", "record_look", "seal", "verify"]
