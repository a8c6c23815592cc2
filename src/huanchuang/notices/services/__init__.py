"""Writing: tell users something, mark it as read, send what is due by mail."""

from huanchuang.notices.services.inbox import mark_all_read, mark_read, notify, set_preference
from huanchuang.notices.services.send import send_due

__all__ = ["mark_all_read", "mark_read", "notify", "send_due", "set_preference"]
