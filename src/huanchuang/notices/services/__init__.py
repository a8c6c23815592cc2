"""Writing: tell users something, mark it as read, send what is due by mail."""

from huanchuang.notices.services.inbox import mark_all_read, mark_read, notify, set_preference

__all__ = ["mark_all_read", "mark_read", "notify", "set_preference"]
