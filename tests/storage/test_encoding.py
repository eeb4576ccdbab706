"""A row is recognised by what it says, the same everywhere and always."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from hakari.errors import InstantWithoutZoneError, MappingError, UnknownFieldError
from hakari.storage.encoding import Encoder
from hakari.storage.truth import Row
from tests.storage.rows import at, row

DEALS = Encoder("deal")


def digest(**values: Any) -> str:
    given = row("d1", 0, **values)
    return DEALS.digest(DEALS.stored(given.values), given).hex()


def test_the_hash_of_a_row_never_changes_between_editions() -> None:
    said = {"name": "北海道商事 🐻", "amount": 1_200_000, "closed_on": date(2026, 10, 2), "valid": True}
    assert digest(**said, created_at=at(1)) == "958f5179299d6dcf0a7a4ad2257979db"


def test_order_and_unknown_values_do_not_make_another_row() -> None:
    assert digest(name="A", amount=5) == digest(amount=5.0, stage=None, name="A")


def test_another_value_or_a_deletion_makes_another_row() -> None:
    plain = row("d1", 0, name="A")
    gone = row("d1", 0, name="A", deleted=True)
    stored = DEALS.stored(plain.values)
    assert DEALS.digest(stored, plain) != DEALS.digest(stored, gone)
    assert digest(name="A") != digest(name="B")
    assert digest(name="A") != digest(stage="A")


def test_when_we_learnt_it_does_not_make_another_row() -> None:
    early, late = row("d1", 0, name="A"), row("d1", 9, name="A")
    stored = DEALS.stored(early.values)
    assert DEALS.digest(stored, early) == DEALS.digest(stored, late)


def test_a_moment_is_one_moment_in_every_zone() -> None:
    utc = datetime(2026, 10, 1, 0, 30, tzinfo=UTC)
    assert digest(created_at=utc) == digest(created_at=utc.astimezone(timezone(timedelta(hours=9))))


def test_a_row_happened_when_its_table_says_else_when_it_was_seen() -> None:
    created = row("d1", 5, created_at=at(2))
    unknown = row("d1", 5, name="A")
    told = Row("d1", {"created_at": at(2)}, at(5), occurred_at=at(1))
    moments = [DEALS.happened_at(DEALS.stored(each.values), each, 5_000) for each in (created, unknown, told)]
    day = 86_400_000_000
    start = int(at(0).timestamp()) * 1_000_000
    assert moments == [start + 2 * day, 5_000, start + day]


@pytest.mark.parametrize(
    ("values", "error", "words"),
    [
        ({"colour": "red"}, UnknownFieldError, "deal has no field 'colour'"),
        ({"status": "victory"}, MappingError, "one of open, won, lost, dormant"),
        ({"amount": "much"}, MappingError, "a value of kind money"),
        ({"amount": float("nan")}, MappingError, "deal.amount cannot hold nan"),
        ({"closed_on": "soon"}, MappingError, "a value of kind date"),
        ({"created_at": datetime(2026, 10, 1)}, InstantWithoutZoneError, "no time zone"),  # noqa: DTZ001
    ],
)
def test_what_a_field_cannot_hold_is_refused_by_name(
    values: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        DEALS.stored(values)
