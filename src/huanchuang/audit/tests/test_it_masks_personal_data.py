"""Personal data never stand in the trail, whichever way they come in; what only looks like them is left alone."""

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanchuang.audit import services
from huanchuang.audit.models import Entry, Kind
from huanchuang.orm import masking


@pytest.mark.parametrize(
    ("mask", "clear", "shown"),
    [
        (masking.mask_phone, "13812341234", "138****1234"),
        (masking.mask_phone, "02368001234", "023****1234"),
        (masking.mask_phone, "12345", "***45"),
        (masking.mask_phone, "", ""),
        (masking.mask_name, "张三丰", "张**"),
        (masking.mask_name, "张", "*"),
        (masking.mask_identity_card, "11010519491231002X", "110105********002X"),
        (masking.mask_identity_card, "123", "***"),
        (masking.mask_bank_account, "6222020000001234567", "***************4567"),
        (masking.mask_email, "zhou@example.org", "z***@example.org"),
        (masking.mask_email, "nobody", "******"),
    ],
)
def test_it_masks_in_the_customary_way(mask, clear, shown):
    assert mask(clear) == shown


def test_it_scrubs_running_text():
    text = "联系人电话13812341234，身份证11010519491231002X，邮箱zhou@example.org，合同额1381234万元"
    assert (
        masking.scrubbed(text)
        == "联系人电话138****1234，身份证110105********002X，邮箱z***@example.org，合同额1381234万元"
    )


@pytest.mark.parametrize(
    "code", ["110105194912310021", "91500000MA5U1234X", "113812341234", "2026063013812341234"]
)
def test_it_leaves_other_codes_alone(code):
    assert masking.scrubbed(code) == code


@given(st.text(alphabet=string.digits, min_size=9, max_size=9).map(lambda tail: "13" + tail))
def test_it_never_lets_a_mobile_number_through(number):
    assert number not in json.dumps(
        masking.masked({"a": [{"phone": number}], "text": f"电话：{number}。", "c": {"note": number}})
    )


def test_it_masks_before_after_and_note(db):
    services.record(
        services.SYSTEM,
        "registry.organisation.change",
        "registry.organisation:1",
        {"phone": "13812341234", "contacts": [{"contact": "张三丰"}]},
        {"phone": "13912341234", "password": "s3cret"},
        note="打过13812341234",
    )
    entry = Entry.objects.get()
    assert json.loads(entry.before) == {"phone": "138****1234", "contacts": [{"contact": "张**"}]}
    assert json.loads(entry.after) == {"phone": "139****1234", "password": "***"}
    assert entry.note == "打过138****1234"


def test_it_records_a_look_with_fields_and_purpose(db):
    services.record_look(
        services.Actor("7", "林科长", "10.0.0.1"), "registry.person:3", ["phone", "name"], "电话核实到会人员"
    )
    entry = Entry.objects.get()
    assert (entry.kind, entry.purpose, json.loads(entry.after)) == (
        Kind.LOOK,
        "电话核实到会人员",
        {"fields": ["name", "phone"]},
    )


def test_it_records_a_bulk_load_as_one_entry(db):
    services.record_bulk(services.SYSTEM, "facts.fact.import", "files.file:9", "ab" * 32, 12_000)
    entry = Entry.objects.get()
    assert (entry.kind, json.loads(entry.after)) == (Kind.BULK, {"file_sha256": "ab" * 32, "count": 12_000})
