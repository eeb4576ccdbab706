"""Where Hakari keeps its data, and what it knows about the company it measures."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from datetime import date, time
from pathlib import Path
from typing import Any

from hakari.errors import SettingError

PROFILE = "company_profile"
TRUTH_FILE = "truth.sqlite3"
PROJECTION_FILE = "projection.duckdb"
SERVER_FILE = "server.json"


def home() -> Path:
    """The data folder: HAKARI_HOME, else `hakari` in the user's data directory."""
    named = os.environ.get("HAKARI_HOME")
    if named:
        return Path(named).expanduser()
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "hakari"


def truth_url(folder: Path) -> str:
    """HAKARI_TRUTH names another database (postgresql+psycopg://…); else SQLite in the data folder."""
    return os.environ.get("HAKARI_TRUTH") or f"sqlite:///{folder / TRUTH_FILE}"


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """The company's calendar, money and scorecard. `closures` are closed days beside public holidays.

    `engine` is what counts, see `Counting`.
    """

    name: str = ""
    zone: str = "Asia/Tokyo"
    fiscal_start_month: int = 4
    country: str = "JP"
    closures: tuple[date, ...] = ()
    opens: time = time(9)
    closes: time = time(18)
    currency: str = "JPY"
    money_unit: str = "million"
    language: str = "ja"
    kgi: str = "win_amount"
    kpis: tuple[str, ...] = ()
    demo: bool = False
    engine: str = "duckdb"
    lake: str = ""
    spark_master: str = ""

    def as_json(self) -> dict[str, Any]:
        raw = asdict(self)
        raw["closures"] = [day.isoformat() for day in self.closures]
        raw["opens"], raw["closes"] = self.opens.isoformat(), self.closes.isoformat()
        raw["kpis"] = list(self.kpis)
        return raw


@dataclass(frozen=True, slots=True)
class Counting:
    """What counts: `duckdb` on this machine, or `spark` what was published in `lake`.

    Without a `master`, Spark takes the one in its own spark-defaults.conf, else this machine.
    """

    engine: str
    lake: str
    master: str


ENGINES = ("duckdb", "spark")


def counting(profile: CompanyProfile) -> Counting:
    """As the profile says, unless HAKARI_ENGINE, HAKARI_LAKE or HAKARI_SPARK_MASTER say otherwise."""
    asked = Counting(
        os.environ.get("HAKARI_ENGINE") or profile.engine,
        os.environ.get("HAKARI_LAKE") or profile.lake,
        os.environ.get("HAKARI_SPARK_MASTER") or profile.spark_master,
    )
    if asked.engine not in ENGINES:
        raise SettingError(f"there is no engine {asked.engine!r}", f"use one of {', '.join(ENGINES)}")
    if asked.engine == "spark" and not asked.lake:
        raise SettingError(
            "the engine is spark, and no lake is named",
            "publish one, hakari publish lake PATH, and name it: HAKARI_LAKE=PATH",
        )
    return asked


def profile_from(raw: dict[str, Any] | None) -> CompanyProfile:
    """Read back what `as_json` wrote; what is not said keeps its default."""
    if not raw:
        return CompanyProfile()
    unknown = set(raw) - {field.name for field in fields(CompanyProfile)}
    if unknown:
        raise SettingError(
            f"the company profile has no {', '.join(sorted(unknown))}", "remove it or upgrade Hakari"
        )
    values = dict(raw)
    try:
        if "closures" in values:
            values["closures"] = tuple(date.fromisoformat(day) for day in values["closures"])
        for key in ("opens", "closes"):
            if key in values:
                values[key] = time.fromisoformat(values[key])
        if "kpis" in values:
            values["kpis"] = tuple(values["kpis"])
    except (TypeError, ValueError) as error:
        raise SettingError(
            f"the company profile cannot be read: {error}", "write days and times as in ISO 8601"
        ) from error
    return CompanyProfile(**values)
