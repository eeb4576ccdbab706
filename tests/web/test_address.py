"""The URL is the screen: what is written reads back, in one order, without defaults."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hakari.errors import ParameterNotUnderstoodError
from hakari.web.address import CHOICES, DEFAULTS, ORDER, Address, read

NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12).map(str.strip)
STATES = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.sampled_from(values) for name, values in CHOICES.items()},
        "team": NAMES,
        "period": st.sampled_from(["FY2026-Q3", "this-quarter", "2026-10..2026-12", "month-to-date"]),
        "source": NAMES,
        "owner": NAMES,
        "page": st.integers(1, 999_999).map(str),
    },
)


def _read(url: str) -> Address:
    parts = urlsplit(url)
    return read(parts.path, parse_qsl(parts.query, keep_blank_values=True))


@given(STATES)
@settings(max_examples=1_000)
def test_a_state_written_as_a_url_reads_back_as_the_same_state(state: dict[str, str]) -> None:
    address = read("/scorecard", state.items())
    again = _read(address.to())
    assert again.given == address.given
    assert again.to() == address.to()


@given(STATES)
def test_defaults_are_left_out_of_the_url(state: dict[str, str]) -> None:
    written = dict(parse_qsl(urlsplit(read("/scorecard", state.items()).to()).query))
    assert [name for name, value in written.items() if DEFAULTS.get(name) == value] == []
    assert written.get("lang") != "ja"


@given(STATES)
def test_parameters_stand_in_one_order(state: dict[str, str]) -> None:
    written = [name for name, _ in parse_qsl(urlsplit(read("/scorecard", state.items()).to()).query)]
    places = [ORDER.index(name) if name in ORDER else ORDER.index("…") for name in written]
    assert places == sorted(places)


def test_a_repeated_parameter_adds_up() -> None:
    address = read("/scorecard", [("source", "webinar"), ("source", "inquiry")])
    assert address.to() == "/scorecard?source=webinar,inquiry"


@pytest.mark.parametrize(
    ("name", "value", "nearest"),
    [("vs", "plam", "plan"), ("lang", "jp", "ja"), ("door", "record", "records")],
)
def test_a_wrong_value_is_refused_with_the_allowed_ones_and_the_nearest(
    name: str, value: str, nearest: str
) -> None:
    with pytest.raises(ParameterNotUnderstoodError) as refused:
        read("/scorecard", [(name, value)], {**DEFAULTS, "lang": "en"})
    assert f"{name}={value}" in refused.value.what
    assert all(choice in refused.value.way_out for choice in CHOICES[name])
    assert f"Nearest: {nearest}" in refused.value.way_out


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "9" * 5_000])
def test_a_page_is_a_whole_number_from_one(page: str) -> None:
    with pytest.raises(ParameterNotUnderstoodError):
        read("/metric/win_rate", [("page", page)])


def test_the_company_decides_what_is_left_out() -> None:
    english = {**DEFAULTS, "lang": "en", "unit": "man"}
    assert read("/scorecard", [("lang", "en"), ("unit", "man")], english).to() == "/scorecard"
    assert read("/scorecard", [("lang", "ja")], english).to() == "/scorecard?lang=ja"


def test_a_neighbouring_screen_keeps_the_rest() -> None:
    address = read("/scorecard", [("team", "第1営業部"), ("period", "FY2026-Q3"), ("page", "3")])
    assert _read(address.to(period="FY2026-Q2", page=None)).given == {
        "team": "第1営業部",
        "period": "FY2026-Q2",
    }
