"""A small plan in force, its units, and who belongs to them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from huanchuang.audit.services import SYSTEM
from huanchuang.registry.services import join, register_organisation
from huanchuang.steering.models import Plan, Target
from huanchuang.steering.services.plan import upload_plan
from huanchuang.steering.services.review import put_in_force

TEXT = """清溪区推进创新生态建设实施方案
各有关单位：
为建设创新生态，制定本方案。
一、主要目标
到2027年，科技型企业突破600家。
二、重点任务
（一）完善转化体系。
1.做大技术交易。2026年底前，技术合同成交额增长30%以上。（清溪区科技局牵头，清溪大学配合）
2.建设中试平台。制定《清溪区中试平台管理办法》，2026年6月底前印发。每年服务项目20个以上。（清溪大学牵头，清溪区科技局配合）
三、保障措施
（一）加强督查。清溪区督查办牵头，每年开展一次督查。
清溪区人民政府
2025年3月18日
"""


@pytest.fixture
def units(cast):
    """Three organisations; the reporter belongs to the university, the clerk to the inspectors."""
    made = {
        "bureau": register_organisation(SYSTEM, name="清溪区科技局", kind="bureau"),
        "university": register_organisation(SYSTEM, name="清溪大学", kind="university"),
        "inspectors": register_organisation(SYSTEM, name="清溪区督查办", kind="bureau"),
    }
    join(SYSTEM, cast.reporter, made["university"])
    join(SYSTEM, cast.clerk, made["inspectors"])
    return SimpleNamespace(**made)


@pytest.fixture
def read(cast, units) -> Plan:
    """The plan as the reader gives it, before the review."""
    return upload_plan(cast.officer, TEXT.encode(), "方案.txt", inline=True)


@pytest.fixture
def plan(read, cast) -> Plan:
    """The plan in force."""
    return put_in_force(cast.officer, read, accept_rest=True)


@pytest.fixture
def line(plan):
    """A line by a word of its name."""

    def find(word: str) -> Target:
        return Target.objects.select_related("plan", "item").get(plan=plan, name__contains=word)

    return find


@pytest.fixture
def second_officer(db):
    from huanchuang.accounts.models import User

    return User.objects.create_user(username="second", name="陈科员", role="officer", password="cast-pass-9x")
