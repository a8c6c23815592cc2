"""kill -9 of the server and its worker while a plan is being read loses nothing."""

from __future__ import annotations

import re
import signal

import pytest

from journeys.conftest import Visitor
from journeys.test_from_sentence_to_close_out import PLAN, upload

pytestmark = pytest.mark.browser


def test_it_takes_the_reading_up_again(visitor: Visitor) -> None:
    page = visitor.sign_in("林科长")
    body = "".join(
        f"{number}.建设专题园区。2026年12月底前，新增园区企业{number + 3}家以上，培训人员{number * 10}人次以上。（区科技局牵头）\n"
        for number in range(1, 1500)
    )
    upload(visitor, "长方案.txt", (PLAN + "三、分项任务\n（一）分项。\n" + body).encode())
    visitor.site.stop(signal.SIGKILL)
    visitor.site.start()
    page.goto(f"{visitor.site.url}/steering/")
    for _ in range(120):
        if page.get_by_role("row", name=re.compile("中试基地建设行动方案.*待复核")).count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    page.get_by_role("link", name=re.compile("复核")).first.click()
    assert page.get_by_text(re.compile("未看 \\d{4}")).count()
