"""Writing: begin a draft, save it, ask for its publication, give it back, withdraw it, publish it. One transaction each."""

from huanchuang.definitions.services.drafts import (
    give_back,
    recall,
    save_draft,
    start_draft,
    submit,
    withdraw,
)
from huanchuang.definitions.services.publication import publish

__all__ = ["give_back", "publish", "recall", "save_draft", "start_draft", "submit", "withdraw"]
