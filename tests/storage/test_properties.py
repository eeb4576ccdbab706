"""Whatever is imported and taken back in whatever order, the copy agrees with the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hakari.errors import RunNotUndoableError
from hakari.storage.chains import rechain
from hakari.storage.migrate import new_token
from hakari.storage.projection import Projection
from hakari.storage.schema.tables import CANONICAL, COUNTER, MARK, METADATA
from hakari.storage.truth import Row, Truth
from tests.storage.columns import ZONE, everything
from tests.storage.rows import START, Version, at, sums, versions

ON_BOTH = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Load:
    """An import of some rows of some tables, and the accounts it knows by name alone."""

    source: str
    rows: tuple[tuple[str, Row], ...]
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Undo:
    """Takes back the import that many imports ago, if it can be."""

    back: int


keys = st.none() | st.integers(1, 3)
days = st.none() | st.integers(0, 8).map(lambda day: (START + timedelta(days=day)).date())
moments = st.none() | st.integers(0, 8).map(at)
VALUES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "account": {"name": st.sampled_from(["A", "B"]), "owner": keys},
    "contact": {"account": keys, "role_level": st.sampled_from(["executive", "staff", None])},
    "lead": {"received_at": moments, "account": keys},
    "activity": {
        **dict.fromkeys(("account", "deal", "lead", "contact"), keys),
        "occurred_at": moments,
        "kind": st.sampled_from(["call", "visit", None]),
        "outcome": st.sampled_from(["person", "no_answer", None]),
        "direction": st.sampled_from(["inbound", "outbound", None]),
    },
    "deal": {"lead": keys, "status": st.sampled_from(["open", "won"]), "closed_on": days},
    "order": {"account": keys, "ordered_on": days, "amount": st.integers(0, 99)},
    "invoice": {"order": keys, "paid_amount": st.none() | st.integers(0, 99)},
}


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, Row]:
    table = draw(st.sampled_from([*VALUES, "activity", "order"]))
    values = {name: draw(values) for name, values in VALUES[table].items()}
    known_as = (str(values["name"]).lower(),) if table == "account" and draw(st.booleans()) else ()
    day, deleted = draw(st.integers(0, 8)), draw(st.integers(0, 9)) == 0
    source_id = draw(st.sampled_from(["1", "2", "3"]))
    return table, Row(source_id, values, at(day), deleted=deleted, known_as=known_as)


loads = st.builds(
    Load,
    source=st.sampled_from(["crm", "sfa"]),
    rows=st.lists(rows(), max_size=6).map(tuple),
    named=st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True).map(tuple),
)
steps = st.lists(loads | loads | st.builds(Undo, back=st.integers(0, 2)), min_size=1, max_size=7)


@ON_BOTH
@given(steps=steps)
def test_a_copy_that_followed_equals_one_made_anew(truth: Truth, steps: Sequence[Load | Undo]) -> None:
    empty(truth)
    followed, anew = Projection(None, ZONE), Projection(None, ZONE)
    followed.refresh(truth)
    for step in steps:
        take(truth, step)
        assert not followed.refresh(truth).full
    anew.refresh(truth)
    assert everything(followed) == everything(anew)
    followed.close()
    anew.close()


@ON_BOTH
@given(steps=steps, day=st.integers(0, 8))
def test_what_was_known_then_is_what_a_store_that_ended_then_knows(
    truth: Truth, steps: Sequence[Load | Undo], day: int
) -> None:
    empty(truth)
    for step in steps:
        take(truth, step)
    projection = Projection(None, ZONE)
    projection.refresh(truth)
    then = everything(projection, projection.at(at(day)))
    forget_after(truth, at(day))
    projection.rebuild(truth)
    assert then == everything(projection, past=False)
    projection.close()


@ON_BOTH
@given(steps=steps, last=loads)
def test_undo_puts_every_version_back_as_it_was(
    truth: Truth, steps: Sequence[Load | Undo], last: Load
) -> None:
    empty(truth)
    for step in steps:
        take(truth, step)
    before = all_versions(truth)
    run, _ = take_load(truth, last)
    truth.undo(run, at(9))
    assert all_versions(truth) == before


@ON_BOTH
@given(steps=st.lists(loads, max_size=4))
def test_importing_again_what_was_just_imported_changes_nothing(truth: Truth, steps: Sequence[Load]) -> None:
    empty(truth)
    for step in steps:
        in_order = tuple(sorted(step.rows, key=lambda given: given[1].observed_at))
        ordered = Load(step.source, in_order, step.named)
        take_load(truth, ordered)
        change, before = truth.last_change(), all_versions(truth)
        assert take_load(truth, ordered)[1] == (0, 0, len(in_order))
        assert (truth.last_change(), all_versions(truth)) == (change, before)


def take(truth: Truth, step: Load | Undo) -> None:
    if isinstance(step, Load):
        take_load(truth, step)
        return
    standing = [run.id for run in truth.runs() if run.undone_at is None]
    if step.back < len(standing):
        try:
            truth.undo(standing[step.back], at(9))
        except RunNotUndoableError:
            return


def take_load(truth: Truth, load: Load) -> tuple[int, tuple[int, int, int]]:
    counted = [0, 0, 0]
    with truth.importing(load.source, "test", at(0)) as importing:
        found = importing.find_names("account", load.named)
        missing = {name: name.upper() for name in load.named if name not in found}
        importing.stubs("account", missing, at(4))
        for table, row in load.rows:
            counted = [a + b for a, b in zip(counted, sums(importing.write(table, [row])), strict=True)]
    return importing.run, (counted[0], counted[1], counted[2])


def all_versions(truth: Truth) -> dict[str, list[Version]]:
    return {
        table: [{**each, "change": 0} for each in found]
        for table in (*VALUES, "person")
        if (found := versions(truth, table))
    }


def empty(truth: Truth) -> None:
    """Only the rows that others point at are there."""
    with truth.database.writing() as connection:
        for table in METADATA.sorted_tables:
            connection.execute(sa.delete(table))
        connection.execute(COUNTER.insert(), {"name": "change", "value": 0})
        connection.execute(MARK.insert(), {"change": 0, "token": new_token()})
    with truth.importing("crm", "base", at(0)) as importing:
        for name in ("account", "contact", "lead", "deal", "order"):
            importing.write(name, [Row(source_id, {}, at(1)) for source_id in ("1", "2", "3")])


def forget_after(truth: Truth, moment: datetime) -> None:
    """Make the store one that never learnt anything later."""
    with truth.database.writing() as connection:
        for table in CANONICAL.values():
            connection.execute(sa.delete(table).where(table.c.observed_at > moment))
            rechain(connection, table, sa.true(), 99)
