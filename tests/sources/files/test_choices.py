"""Yes and no, stages, titles and other choices in the words of CRMs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakari.canonical import TABLES, Kind
from hakari.sources.files.choices import (
    level_of_title,
    own_stages,
    read_choice,
    stage_status,
    tactic_of_source,
    vocabulary,
)
from hakari.sources.files.flags import read_flag
from hakari.sources.files.reasons import Unreadable


@pytest.mark.parametrize("yes", ["true", "TRUE", "1", "Yes", "y", "はい", "有", "あり", "○", "〇", "済", "✓"])
def test_yes_has_many_spellings(yes: str) -> None:
    assert read_flag(yes) is True


@pytest.mark.parametrize("no", ["false", "FALSE", "0", "No", "n", "いいえ", "無", "なし", "×", "未"])
def test_no_has_many_spellings(no: str) -> None:
    assert read_flag(no) is False


def test_a_blank_is_neither_yes_nor_no() -> None:
    assert read_flag("") is None
    assert isinstance(read_flag("たぶん"), Unreadable)


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("Won", "won"),
        ("Closed Won", "won"),
        ("closedwon", "won"),
        ("受注", "won"),
        ("成約", "won"),
        ("契約済", "won"),
        ("5. 受注", "won"),
        ("【受注】", "won"),
        ("受注(確定)", "won"),
        ("Lost", "lost"),
        ("Closed Lost", "lost"),
        ("失注", "lost"),
        ("失注（価格）", "lost"),
        ("見送り", "lost"),
        ("保留", "dormant"),
        ("提案", "open"),
        ("03_提案", "open"),
        ("Engaging", "open"),
        ("Prospecting", "open"),
        ("受注見込", "open"),
        ("受注予定", "open"),
        ("未受注", "open"),
        ("Negotiation/Review", "open"),
        ("A社対応", None),
        ("GavUFuuf4DrnQAoiRGlWpQ==", None),
    ],
)
def test_a_stage_tells_what_became_of_the_deal(stage: str, status: str | None) -> None:
    assert stage_status(stage) == status


def test_a_companys_own_stages_come_first() -> None:
    own = own_stages({"ご成約 ありがとう": "won", "提案": "dormant"})
    assert stage_status("ご成約　ありがとう", own) == "won"
    assert stage_status("提案", own) == "dormant"
    assert stage_status("失注", own) == "lost"


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("代表取締役社長", "executive"),
        ("取締役 営業本部長", "executive"),
        ("執行役員", "executive"),
        ("VP of Sales", "executive"),
        ("CEO", "executive"),
        ("営業部長", "manager"),
        ("課長代理", "manager"),
        ("Sales Manager", "manager"),
        ("Director, Business Insights", "manager"),
        ("主任", "staff"),
        ("営業担当", "staff"),
        ("Software Engineer", "staff"),
        ("Coordinator", "staff"),
        ("フェロー", None),
    ],
)
def test_a_title_tells_the_level(title: str, level: str | None) -> None:
    assert level_of_title(title) == level


@pytest.mark.parametrize(
    ("field", "word", "choice"),
    [
        ("activity.kind", "架電", "call"),
        ("activity.kind", "TEL", "call"),
        ("activity.kind", "訪問(新規)", "visit"),
        ("activity.kind", "Eメール", "mail"),
        ("activity.kind", "手紙", "letter"),
        ("activity.kind", "Web会議", "web_meeting"),
        ("activity.kind", "INCOMING_EMAIL", "mail"),
        ("activity.outcome", "担当者不在", "no_answer"),
        ("activity.outcome", "受付ブロック", "reception"),
        ("activity.outcome", "つながった", "person"),
        ("activity.outcome", "アポ獲得", "person"),
        ("activity.outcome", "担当者断り", "refused"),
        ("activity.outcome", "f240bbac-87c9-4f6e-bf70-924b57d47db7", "person"),
        ("person.role", "IS", "sdr"),
        ("person.role", "フィールドセールス", "fs"),
        ("deal.forecast_category", "Aヨミ", "A"),
        ("deal.forecast_category", "Best Case", "B"),
        ("deal.forecast_category", "PIPELINE", "C"),
        ("deal.forecast_category", "Omitted", "omitted"),
        ("deal.type", "newbusiness", "new"),
        ("deal.type", "既存", "existing"),
        ("lead.status", "Open - Not Contacted", "new"),
        ("lead.status", "対象外", "disqualified"),
        ("appointment.status", "実施済", "held"),
        ("appointment.channel", "電話", "call"),
        ("mail_event.kind", "OPEN", "opened"),
        ("partner.kind", "販売代理店", "reseller"),
        ("health.subjective", "△", "fair"),
        ("campaign.tactic", "展示会", "exhibition"),
    ],
)
def test_a_crms_word_means_one_of_ours(field: str, word: str, choice: str) -> None:
    table, name = field.split(".")
    assert read_choice(word, vocabulary(table, name), ()) == choice


def test_a_word_nobody_knows_names_the_ones_we_know() -> None:
    found = read_choice("X", vocabulary("deal", "type"), ("new", "existing", "renewal"))
    assert isinstance(found, Unreadable)
    assert "new, existing, renewal" in found.reason.say("en")


def test_every_choice_field_knows_its_own_values_and_no_others() -> None:
    for table in TABLES.values():
        for field in table.fields:
            if field.kind is Kind.CHOICE:
                words = vocabulary(table.name, field.name)
                assert {words.find(choice) for choice in field.choices} == set(field.choices)
                assert set(words.words.values()) <= set(field.choices), f"{table.name}.{field.name}"


def test_a_source_is_a_tactic_only_when_it_is_one() -> None:
    assert tactic_of_source("展示会 2026春") == "exhibition"
    assert tactic_of_source("Web") == "website"
    assert tactic_of_source("田中さん経由") is None


@given(st.text(max_size=20))
def test_any_text_is_a_choice_nothing_or_a_reason(text: str) -> None:
    assert isinstance(read_flag(text), bool | Unreadable | None)
    found = read_choice(text, vocabulary("activity", "kind"), ())
    assert isinstance(found, str | Unreadable | None)
    assert stage_status(text) in ("open", "won", "lost", "dormant", None)
