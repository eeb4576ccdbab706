"""A lake holds what the projection holds, changes from one moment to the next, and costs what changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hakari.errors import LakeDamagedError, NoLakeError, NothingToPublishError
from hakari.storage.lake.manifest import MANIFEST, Manifest
from hakari.storage.lake.place import Place
from hakari.storage.lake.publish import Publisher
from hakari.storage.projection import Projection
from hakari.storage.truth import Truth
from tests.storage.columns import ZONE, everything
from tests.storage.lake.held import KEEP, held, parts, publish
from tests.storage.rows import at, load, row

NOW = datetime.now(UTC)  # files are as old as this machine says
OCTOBER, NOVEMBER = date(2026, 10, 5), date(2026, 11, 5)


@pytest.fixture
def projection() -> Iterator[Projection]:
    opened = Projection(None, ZONE)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "lake"


def orders(truth: Truth, days: dict[str, date | None], day: float = 1) -> int:
    return load(truth, "order", [row(name, day, ordered_on=on, amount=100) for name, on in days.items()])[0]


def test_a_lake_holds_what_the_projection_holds(truth: Truth, projection: Projection, folder: Path) -> None:
    load(truth, "deal", [row("d1", 1, status="open", created_at=at(3)), row("d2", 1, status="won")])
    load(truth, "deal", [row("d1", 2, status="won", amount=1e15 + 1)])
    load(truth, "activity", [row("a1", 1, deal=1, occurred_at=at(4), kind="call", outcome="person")])
    done = publish(truth, projection, folder, NOW)
    assert held(folder) == everything(projection)
    assert (done.full, done.change, done.kept) == (True, truth.last_change(), 0)


def test_rows_lie_by_the_month_of_their_event(truth: Truth, projection: Projection, folder: Path) -> None:
    orders(truth, {"1": OCTOBER, "2": NOVEMBER, "3": None})
    load(truth, "account", [row("a", 1, name="A")])
    publish(truth, projection, folder, NOW)
    assert parts(folder, "order") == {"2026-10", "2026-11", "none"}
    assert parts(folder, "account") == {"0"}


def test_only_months_that_a_change_touched_are_written_again(
    truth: Truth, projection: Projection, folder: Path
) -> None:
    orders(truth, {"1": OCTOBER, "2": NOVEMBER, "3": date(2026, 12, 1)})
    publish(truth, projection, folder, NOW)
    orders(truth, {"1": NOVEMBER}, day=2)
    done = publish(truth, projection, folder, NOW)
    assert held(folder) == everything(projection)
    assert parts(folder, "order") == {"2026-11", "2026-12"}
    # November of the current rows, and October of the past ones.
    assert (done.full, done.written) == (False, 2)


def test_nothing_new_writes_nothing(truth: Truth, projection: Projection, folder: Path) -> None:
    orders(truth, {"1": OCTOBER})
    publish(truth, projection, folder, NOW)
    before = (folder / MANIFEST).read_bytes()
    done = publish(truth, projection, folder, NOW)
    assert (done.written, done.bytes, done.kept) == (0, 0, 1)
    assert (folder / MANIFEST).read_bytes() == before


def test_who_began_reading_before_can_go_on(truth: Truth, projection: Projection, folder: Path) -> None:
    orders(truth, {"1": OCTOBER})
    publish(truth, projection, folder, NOW)
    (old,) = Place(str(folder)).manifest().tables["order"].files
    orders(truth, {"2": OCTOBER}, day=2)
    publish(truth, projection, folder, NOW + timedelta(hours=1))
    assert (folder / old.path).exists()
    publish(truth, projection, folder, NOW + timedelta(hours=24))
    assert (folder / old.path).exists()
    assert publish(truth, projection, folder, NOW + timedelta(hours=25)).removed == 1
    assert not (folder / old.path).exists()
    assert held(folder) == everything(projection)


def test_a_publishing_that_dies_leaves_the_lake_as_it_was(
    truth: Truth, projection: Projection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders(truth, {"1": OCTOBER})
    publish(truth, projection, folder, NOW)
    before = held(folder)
    orders(truth, {"2": OCTOBER, "3": NOVEMBER}, day=2)
    with monkeypatch.context() as patched:
        patched.setattr(Place, "publish", _die)
        with pytest.raises(KeyboardInterrupt):
            publish(truth, projection, folder, NOW)
    assert held(folder) == before
    publish(truth, projection, folder, NOW + 2 * KEEP)
    assert held(folder) == everything(projection)
    listed = Place(str(folder)).manifest()
    left = set(Place(str(folder)).data_files()) - listed.paths - {one.path for one in listed.retired}
    assert left == set()


def _die(_place: Place, _manifest: Manifest) -> None:
    raise KeyboardInterrupt


def test_records_of_another_store_are_published_whole(
    new_truth: Callable[[], Truth], projection: Projection, folder: Path
) -> None:
    first, second = new_truth(), new_truth()
    orders(first, {"1": OCTOBER, "2": NOVEMBER})
    publish(first, projection, folder, NOW)
    orders(second, {"1": date(2026, 12, 1)})
    done = publish(second, projection, folder, NOW)
    assert done.full
    assert held(folder) == everything(projection)
    assert parts(folder, "order") == {"2026-12"}


def test_there_is_nothing_to_publish_before_a_first_refresh(projection: Projection, folder: Path) -> None:
    with pytest.raises(NothingToPublishError):
        Publisher(projection, Place(str(folder)), ZONE, None).publish(NOW, KEEP)


def test_where_nothing_was_published_there_is_no_lake(folder: Path) -> None:
    with pytest.raises(NoLakeError, match="hakari publish lake"):
        Place(str(folder)).manifest()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-20],
        lambda text: json.dumps({**json.loads(text), "format": 99}),
        lambda text: json.dumps({**json.loads(text), "rows": 7}),
        lambda text: json.dumps({**json.loads(text), "tables": {"order": {}}}),
    ],
    ids=["cut short", "of another format", "rows that do not add up", "without files"],
)
def test_a_spoilt_manifest_is_refused(
    truth: Truth, projection: Projection, folder: Path, spoil: Callable[[str], str]
) -> None:
    orders(truth, {"1": OCTOBER})
    publish(truth, projection, folder, NOW)
    path = folder / MANIFEST
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(LakeDamagedError, match="publish"):
        Place(str(folder)).manifest()


def test_an_object_store_is_named_as_its_readers_name_it(tmp_path: Path) -> None:
    assert Place(str(tmp_path)).address("a/b=1.parquet") == f"file://{tmp_path}/a/b=1.parquet"
    assert Place(f"file://{tmp_path}").address("a") == f"file://{tmp_path}/a"
