"""kill -9 of the server and its worker while a plan is being read loses nothing."""

from __future__ import annotations

import re
import signal

import pytest

from journeys.conftest import Visitor
from journeys.test_from_sentence_to_close_out import PLAN, upload

pytestmark = pytest.mark.browser

LINES = 1500
OWN_LINES = 8
"""What the short plan at its head gives at most."""


def test_it_takes_the_reading_up_again(lonely: Visitor) -> None:
    page = lonely.sign_in("林科长")
    body = "".join(
        f"{number}.建设专题园区。2026年12月底前，新增园区企业{number + 3}家以上，培训人员{number * 10}人次以上。（区科技局牵头）\n"
        for number in range(1, LINES + 1)
    )
    upload(lonely, "长方案.txt", (PLAN + "三、分项任务\n（一）分项。\n" + body).encode())
    page.get_by_role("progressbar").wait_for()
    lonely.site.stop(signal.SIGKILL)
    lonely.site.start()
    page.goto(f"{lonely.site.url}/steering/")
    read = page.get_by_role("listitem").filter(has_text="中试基地建设行动方案").filter(has_text="待复核")
    for _ in range(180):  # the lease of the killed worker runs out first
        if read.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    waiting = re.search(r"(\d+) 条待复核", read.inner_text())
    assert waiting
    assert (
        2 * LINES <= int(waiting[1]) - OWN_LINES <= 2 * LINES + LINES
    )  # two figures a line, and the line's task; none twice
