"""The dictionary of headers is whole, and reads headers of CRMs in both languages."""

from __future__ import annotations

import pytest

from hakari.canonical import TABLES
from hakari.sources.files.header_book import candidates, entries, header_form, hint_length, similar_form
from hakari.sources.files.slots import slots_of

# A fact that no file of rows carries: who owns a delivery.
UNWRITTEN = {("mail_event", "owner")}


def test_every_table_has_headers_and_every_header_a_slot() -> None:
    assert set(entries()) == set(TABLES)
    for table, entry in entries().items():
        slots = {slot for places in entry.slots.values() for slot, _ in places}
        mentioned = {
            *slots,
            *(s.removesuffix("!") for need in entry.needs for s in need),
            *(s for n in entry.natural for s in n),
        }
        assert mentioned <= set(slots_of(table)), table


def test_every_field_can_be_reached_by_some_header() -> None:
    for table, entry in entries().items():
        reached = {slot.split(".")[0] for places in entry.slots.values() for slot, _ in places}
        missing = {field.name for field in TABLES[table].fields} - reached
        assert {(table, name) for name in missing} <= UNWRITTEN


@pytest.mark.parametrize(
    ("table", "header", "slot"),
    [
        ("deal", "Opportunity Name", "name"),
        ("deal", "商談 所有者", "owner"),
        ("deal", "OwnerId", "owner.id"),
        ("deal", "property_dealname", "name"),
        ("deal", "金額(千円)", "amount"),
        ("deal", "*商談名", "name"),
        ("deal", "商談: 商談名", "name"),
        ("deal", "Won_Date__c", "closed_on"),
        ("contact", "氏名[姓]", "last_name"),
        ("contact", "TEL-1(1)", "phone"),
        ("account", "法人番号", "corporate_number"),
        ("account", "会社のドメイン名", "domain"),
    ],
)
def test_a_header_is_found_whatever_is_around_it(table: str, header: str, slot: str) -> None:
    assert slot in {each.slot for each in candidates(table, header_form(header))}


@pytest.mark.parametrize("header", ["_fivetran_synced", "region_c", "lean_data_tag_c", "", "zzz"])
def test_noise_means_nothing(header: str) -> None:
    assert not header_form(header).known


def test_a_slip_of_the_pen_is_still_a_header() -> None:
    found = similar_form("Ammount")
    assert found is not None
    assert [each.slot for each in candidates("deal", found)] == ["amount"]
    assert similar_form("xyz") is None


def test_a_files_name_speaks_for_a_table() -> None:
    assert hint_length("deal", "sf_opportunity_data") > 0
    assert hint_length("stage_change", "opportunity_history") > hint_length("deal", "opportunity_history")
    assert hint_length("account", "取引先一覧") > hint_length("deal", "取引先一覧")
    assert hint_length("deal", "idealists") == 0
