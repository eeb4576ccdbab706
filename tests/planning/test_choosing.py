"""Choices between contradictory definitions: in force once all departments they bind have signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hakari.bootstrap import Company
from hakari.errors import ChoiceRefusedError, UnknownConflictError
from hakari.metrics.conflicts import DEPARTMENTS, conflict_named, conflicts_of, department_named
from hakari.metrics.loader import built_in
from hakari.planning.choosing import choice_event, standing_of, withdrawal_event
from hakari.storage.truth import SettingVersion
from hakari.units.calendar import FiscalCalendar

START = datetime(2026, 10, 1, 3, tzinfo=UTC)
CONNECTS, LEADS = "sdr_meetings.rate", "is_meetings_on_leads.rate"


class Clock:
    """Days pass when the test says so."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def days(self, count: int) -> None:
        self.now += timedelta(days=count)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def company(tmp_path: Path, clock: Clock) -> Iterator[Company]:
    made = Company(tmp_path, clock, in_folder=True)
    yield made
    made.close()


def chosen(company: Company) -> str | None:
    return company.conflict("meeting_rate", "en").chosen


def test_every_choice_is_a_measure_and_binds_departments_that_exist() -> None:
    found = conflicts_of(built_in())
    assert len(found) == 10
    for one in found:
        assert len({option.measure for option in one.options}) == len(one.options) > 1
        for option in one.options:
            assert option.binds
            assert set(option.binds) <= set(DEPARTMENTS)
            assert option.measure in built_in().measures


def test_a_lead_binds_marketing_and_inside_sales_and_an_opportunity_both_sales() -> None:
    binds = {
        one.id: {name for option in one.options for name in option.binds} for one in conflicts_of(built_in())
    }
    assert binds["valid_lead"] == {"marketing", "inside_sales"}
    assert binds["valid_opportunity"] == {"inside_sales", "field_sales"}


@pytest.mark.parametrize(
    ("written", "department"),
    [("IS", "inside_sales"), ("マーケ", "marketing"), ("fs", "field_sales"), ("ＣＳ", "customer_success")],
)
def test_a_department_goes_by_its_abbreviations(written: str, department: str) -> None:
    assert department_named(written) == department


def test_a_choice_signed_by_all_is_in_force_from_the_day_of_the_last_signature(
    company: Company, clock: Clock
) -> None:
    company.choose("meeting_rate", CONNECTS, "成果を見るため", {"marketing": "山田"})
    waiting = company.conflict("meeting_rate", "ja")
    assert (waiting.chosen, waiting.proposed) == (None, CONNECTS)
    assert waiting.missing_departments == (("sdr", "SDR"),)
    assert "まだ署名していない部署: SDR" in waiting.state
    clock.days(3)
    company.choose("商談化率", CONNECTS, "", {"sdr": "佐藤"})
    view = company.conflict("meeting_rate", "ja")
    assert (view.chosen, view.proposed, view.holds_from) == (CONNECTS, None, date(2026, 10, 4))
    signed = [(one.department, one.by, one.at) for one in view.history[0].signed]
    assert signed == [("marketing", "山田", START), ("sdr", "佐藤", clock.now)]
    assert view.history[0].reason == "成果を見るため"


def test_a_choice_may_hold_from_a_later_day(company: Company, clock: Clock) -> None:
    both = {"marketing": "山田", "sdr": "佐藤"}
    company.choose("meeting_rate", CONNECTS, "x", both, date(2026, 12, 1))
    assert chosen(company) is None
    assert "2026-12-01" in company.conflict("meeting_rate", "en").state
    clock.days(61)
    assert chosen(company) == CONNECTS


def test_two_departments_that_sign_different_choices_are_told_of_each_other(company: Company) -> None:
    company.choose("meeting_rate", CONNECTS, "x", {"marketing": "山田"})
    with pytest.raises(ChoiceRefusedError) as refused:
        company.choose("meeting_rate", LEADS, "y", {"IS": "佐藤"})
    said = str(refused.value)
    assert all(part in said for part in ("山田", CONNECTS, "佐藤", LEADS, "withdraw meeting_rate marketing"))
    assert company.conflict("meeting_rate", "en").proposed == CONNECTS
    company.withdraw("meeting_rate", "marketing")
    company.choose("meeting_rate", LEADS, "y", {"IS": "佐藤", "マーケ": "山田"})
    assert chosen(company) == LEADS


@pytest.mark.parametrize(
    ("measure", "signatures", "said"),
    [
        (CONNECTS, {"field_sales": "田中"}, "which binds marketing and sdr only"),
        (CONNECTS, {"finance": "田中"}, "there is no department 'finance'"),
        (CONNECTS, {"marketing": " "}, "names nobody"),
        (CONNECTS, {"マーケ": "山田", "marketing": "鈴木"}, "is signed for by 山田 and by 鈴木"),
        ("win_deals", {"marketing": "山田"}, "is none of the choices"),
    ],
)
def test_a_signature_that_cannot_count_is_refused(
    company: Company, measure: str, signatures: dict[str, str], said: str
) -> None:
    with pytest.raises(ChoiceRefusedError, match=said) as refused:
        company.choose("meeting_rate", measure, "x", signatures)
    assert refused.value.way_out
    assert company.conflict("meeting_rate", "en").proposed is None


def test_a_choice_needs_a_reason_and_a_conflict_that_exists(company: Company) -> None:
    with pytest.raises(ChoiceRefusedError, match="why"):
        company.choose("meeting_rate", CONNECTS, "", {"marketing": "山田"})
    with pytest.raises(UnknownConflictError, match="meting_rate"):
        company.choose("meting_rate", CONNECTS, "x", {})


def test_nobody_signs_twice_nor_what_is_in_force(company: Company) -> None:
    company.choose("meeting_rate", CONNECTS, "x", {"marketing": "山田"})
    with pytest.raises(ChoiceRefusedError, match=r"has signed sdr_meetings\.rate already"):
        company.choose("meeting_rate", CONNECTS, "x", {"marketing": "鈴木"})
    company.choose("meeting_rate", CONNECTS, "x", {"sdr": "佐藤"})
    with pytest.raises(ChoiceRefusedError, match="has been in force since"):
        company.choose("meeting_rate", CONNECTS, "x", {"sdr": "佐藤"})
    with pytest.raises(ChoiceRefusedError, match="nothing that still waits"):
        company.withdraw("meeting_rate", "sdr")


def test_the_old_choice_stays_in_force_until_the_new_one_is_signed(company: Company, clock: Clock) -> None:
    company.choose("meeting_rate", CONNECTS, "x", {"marketing": "山田", "sdr": "佐藤"})
    clock.days(30)
    company.choose("meeting_rate", LEADS, "y", {"inside_sales": "佐藤"})
    assert (chosen(company), company.conflict("meeting_rate", "en").proposed) == (CONNECTS, LEADS)
    company.choose("meeting_rate", LEADS, "y", {"marketing": "山田"})
    view = company.conflict("meeting_rate", "en")
    held = [(one.measure, one.holds_from, one.until) for one in view.history]
    assert held == [(CONNECTS, date(2026, 10, 1), date(2026, 10, 31)), (LEADS, date(2026, 10, 31), None)]


def test_a_word_means_the_chosen_figure_and_says_so(company: Company) -> None:
    before = company.named("商談化率")
    assert [one.id for one in before.measures] == [CONNECTS, LEADS, "acq_opportunities.rate"]
    assert "3 通りの意味" in company.named_note(before, "ja")
    assert all(one.id in company.named_note(before, "en") for one in before.measures)
    company.choose("meeting_rate", LEADS, "x", {"marketing": "山田", "inside_sales": "佐藤"})
    after = company.named("商談化率")
    assert ([one.id for one in after.measures], after.chosen) == ([LEADS], True)
    assert "佐藤" in company.named_note(after, "ja")
    # An id means itself, whatever was chosen.
    assert [one.id for one in company.named(CONNECTS).measures] == [CONNECTS]
    assert company.named_note(company.named(CONNECTS), "ja") == ""


def test_measures_that_share_the_word_are_shown_with_the_candidates(company: Company) -> None:
    """有効商談 is also the name of a KPI with a count and a rate."""
    before = [one.id for one in company.named("有効商談").measures]
    assert before == ["sdr_valid_opportunities.count", "bantc_deals", "sdr_valid_opportunities.rate"]
    company.choose("valid_opportunity", "bantc_deals", "x", {"IS": "佐藤", "FS": "田中"})
    assert [one.id for one in company.named("有効商談").measures] == ["bantc_deals"]


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["choose", "withdraw"]),
        st.sampled_from([CONNECTS, LEADS, "acq_opportunities.rate"]),
        st.dictionaries(st.sampled_from(sorted(DEPARTMENTS)), st.just("山田"), max_size=3),
        st.none() | st.dates(date(2026, 9, 1), date(2026, 12, 31)),
    ),
    max_size=12,
)


@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(_STEPS)
def test_whatever_is_signed_only_choices_signed_by_all_they_bind_are_ever_in_force(
    steps: list[tuple[str, str, dict[str, str], date | None]],
) -> None:
    conflict, calendar = conflict_named(built_in(), "meeting_rate"), FiscalCalendar()
    log: list[SettingVersion] = []
    for number, (what, measure, signatures, holds_from) in enumerate(steps):
        state = standing_of(conflict, log, calendar)
        try:
            if what == "choose":
                event = choice_event(state, measure, "x", signatures, holds_from)
            else:
                event = withdrawal_event(state, next(iter(signatures), "sdr"), "x")
        except ChoiceRefusedError:
            continue
        log.append(SettingVersion("choice:meeting_rate", event, START + timedelta(days=number)))
    state = standing_of(conflict, log, calendar)
    for one in state.past:
        assert set(one.binds) == {signed.department for signed in one.signatures}
        assert one.binds == conflict.option(one.measure).binds
    days = [one.holds_from for one in state.past if one.holds_from is not None]
    assert days == sorted(set(days))
    assert state.proposed is None or state.proposed.missing
