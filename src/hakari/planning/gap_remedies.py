"""Where to look when a step of the funnel falls short, and what the company's own records say about it.

The steps and their remedies are those of the article on inside sales: a low connect rate asks for other hours
and another list, a low meeting rate for another approach, list or script, a low qualification rate for other
targets and better questions. Each is answered by a difference that was measured, with its 95 % interval, or
by the plain word that the records hold nothing. A difference is no proof of a cause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import sqlglot
import sqlglot.expressions as exp

from hakari.canonical.predicate import Atom, Where
from hakari.maths.intervals import difference_of_rates
from hakari.metrics.definitions import Aggregate, Measure, Population
from hakari.metrics.engine import Engine
from hakari.metrics.fact import Fact, in_period
from hakari.metrics.query import Query, cut_of
from hakari.planning.desk import Desk
from hakari.planning.gap_stages import CHAINS, Stage, read_flows
from hakari.planning.gap_view import Evidence, GapTree, Remedy
from hakari.planning.kpi_rows import comparison_period
from hakari.planning.scorecard import Scope
from hakari.storage.conditions import where_sql
from hakari.units.display import percent
from hakari.units.period import Period
from hakari.words import say

REMEDIES: Mapping[str, tuple[str, ...]] = {
    "connects": ("hour", "list", "reception"),
    "meetings": ("approach", "list", "script"),
    "qualified": ("target", "hearing"),
}
GOOD_HOURS = (9, 13)  # the article's hint for calls to companies
FAST_SECONDS = 300
LEVEL = 0.95
_HEARD = ("needs_known", "budget_known", "timing_known", "authority_known")
_CALL: Where = (Atom(("kind",), "=", "call"), Atom(("direction",), "!=", "inbound"))
Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two shares beside each other; `key` names the sentence, `more` what it says beside the two."""

    key: str
    first: Pair
    second: Pair
    names: tuple[str, str]
    level: float = LEVEL
    more: Mapping[str, str] | None = None


def remedies_for(desk: Desk, scope: Scope, tree: GapTree, factor: str) -> tuple[Remedy, ...]:
    """The remedies of a factor; () where the articles name none."""
    ways: dict[str, Callable[[Desk, Scope], _Compared | None]] = {
        "hour": _hours,
        "list": partial(_lists, chain=_link(tree, factor)),
        "reception": _reception,
        "approach": _approach,
        "target": _targets,
        "hearing": _hearing,
    }
    return tuple(
        _remedy(key, ways[key](desk, scope) if key in ways else None, scope)
        for key in REMEDIES.get(factor, ())
    )


def _remedy(key: str, compared: _Compared | None, scope: Scope) -> Remedy:
    lang = scope.lang
    name = say(f"gap_remedy_{key}", lang)
    if compared is None or not compared.first[1] or not compared.second[1]:
        return Remedy(key, name, None, say("gap_no_evidence", lang))
    found = difference_of_rates(compared.first, compared.second, compared.level)
    first, second = (_said(pair, scope) for pair in (compared.first, compared.second))
    sentence = say(
        f"gap_evidence_{compared.key}",
        lang,
        first=first,
        second=second,
        name=compared.names[0],
        other=compared.names[1],
        **(compared.more or {}),
    )
    rates = [k / n for k, n in (compared.first, compared.second)]
    return Remedy(
        key,
        name,
        Evidence(
            sentence, compared.first, compared.second, *compared.names,
            rates[0] - rates[1], found.low or 0.0, found.high or 0.0,
        ),
        "",
    )  # fmt: skip


def _said(pair: Pair, scope: Scope) -> str:
    k, n = pair
    share = percent(k / n, n, scope.lang) if n >= 10 else ""  # a share of a few is no share
    counts = f"{k:,.0f} / {n:,.0f}"
    if not share:
        return counts
    return f"{share}({counts})" if scope.lang == "ja" else f"{share} ({counts})"


def _shares(
    desk: Desk, scope: Scope, period: Period, table: str, day: str, pairs: list[tuple[Where, Where]]
) -> list[Pair] | None:
    """(k, n) of each pair of conditions: of the rows, and of those of them that count. None: not recorded."""
    model = desk.measure("sdr_meetings.rate") if "sdr_meetings.rate" in desk.catalogue.measures else None
    if model is None:
        return None
    measures = [
        _measure(model, f"gap_evidence.{place}", table, day, pair) for place, pair in enumerate(pairs)
    ]
    known = {**desk.catalogue.measures, **{one.id: one for one in measures}}
    catalogue = replace(desk.catalogue, measures=known)
    engine = Engine(desk.store, catalogue, desk.calendar, desk.engine.filling, desk.engine.pasts)
    asking = replace(desk, engine=engine)
    names = [one.id for one in measures]
    if not all(asking.knows(scope, name) for name in names):
        return None
    found = asking.ask(replace(scope, basis="event", lag=False), names, period)
    if any(one.numerator is None or one.denominator is None for one in found):
        return None
    return [(one.numerator or 0.0, one.denominator or 0.0) for one in found]


def _measure(model: Measure, name: str, table: str, day: str, pair: tuple[Where, Where]) -> Measure:
    base, top = pair
    rows = [
        Population(f"{name}.{side}", table, "", "", where, {"event": (day,)})
        for side, where in (("top", (*base, *top)), ("base", base))
    ]
    return replace(
        model,
        id=name,
        bases=("event",),
        numerator=Aggregate(rows[0]),
        denominator=Aggregate(rows[1]),
        horizon_days=None,
        exit=(),
    )


def _approach(desk: Desk, scope: Scope) -> _Compared | None:
    """Leads one spoke with: those called within five minutes beside those called later."""
    waiting = desk.catalogue.populations.get("leads_waiting_for_a_call")
    if waiting is None:
        return None
    spoken = (*waiting.where, Atom(("connected_at",), "not_null"))
    agreed: Where = (Atom(("appointment_at",), "not_null"),)
    bases: list[Where] = [
        (*spoken, Atom(("first_call_seconds",), ">=", 0), Atom(("first_call_seconds",), "<=", FAST_SECONDS)),
        (*spoken, Atom(("first_call_seconds",), ">", FAST_SECONDS)),
    ]
    pairs = [(base, agreed) for base in bases]
    found = _shares(desk, scope, desk.so_far(scope), "lead", "received_at", pairs)
    if found is None:
        return None
    return _Compared("approach", found[0], found[1], _names("fast", "slow", scope))


def _targets(desk: Desk, scope: Scope) -> _Compared | None:
    fits = ("lead", "fits_target")
    return _of_deals(desk, scope, "target", (Atom(fits, "is_true"),), (Atom(fits, "is_false"),))


def _hearing(desk: Desk, scope: Scope) -> _Compared | None:
    filled = desk.store.filled("deal", desk.schema)
    heard = next((name for name in _HEARD if name in filled), None)
    if heard is None:
        return None
    yes, no = (Atom((heard,), op) for op in ("is_true", "is_false"))
    what = say(f"gap_heard_{heard}", scope.lang)
    return _of_deals(desk, scope, "hearing", (yes,), (no,), {"what": what})


def _of_deals(
    desk: Desk, scope: Scope, key: str, one: Where, other: Where, more: Mapping[str, str] | None = None
) -> _Compared | None:
    """How many of the period's deals were found valid, of two kinds of them."""
    valid: Where = (Atom(("valid",), "is_true"),)
    pairs = [(one, valid), (other, valid)]
    found = _shares(desk, scope, desk.so_far(scope), "deal", "created_at", pairs)
    if found is None:
        return None
    return _Compared(key, found[0], found[1], _names(f"{key}_yes", f"{key}_no", scope), more=more)


def _reception(desk: Desk, scope: Scope) -> _Compared | None:
    """The share of calls that ended at reception, beside the period before."""
    pair: tuple[Where, Where] = (_CALL, (Atom(("outcome",), "=", "reception"),))
    before = comparison_period(desk, scope, "prev")
    found = [
        _shares(desk, scope, period, "activity", "occurred_at", [pair])
        for period in (desk.so_far(scope), before)
    ]
    if found[0] is None or found[1] is None:
        return None
    return _Compared("reception", found[0][0], found[1][0], _names("now", "before", scope))


def _link(tree: GapTree, factor: str) -> tuple[Stage, Stage] | None:
    """The stage before and the stage of a factor; the first one has none before it."""
    chain = {one.key: one for one in CHAINS[tree.measure]}
    keys = [one.key for one in reversed(tree.factors)]
    place = keys.index(factor)
    return (chain[keys[place - 1]], chain[keys[place]]) if place else None


def _lists(desk: Desk, scope: Scope, chain: tuple[Stage, Stage] | None) -> _Compared | None:
    """The source that holds the rate down the most, beside all others together.

    It is picked among many, so that its interval is as much wider.
    """
    if chain is None:
        return None
    base, top = chain
    flows = read_flows(desk, scope, (base, top), desk.so_far(scope), ("source",))
    if base.key not in flows or top.key not in flows:
        return None
    whole = (flows[top.key].total, flows[base.key].total)
    named = {
        name: (flows[top.key].counts.get(name, 0.0), n)
        for name, n in flows[base.key].counts.items()
        if name is not None and 0 < n < whole[1] and flows[top.key].counts.get(name, 0.0) <= n
    }
    if not named or whole[0] > whole[1]:
        return None
    rate = whole[0] / whole[1]
    worst = min(named, key=lambda name: named[name][0] - rate * named[name][1])
    rest = (whole[0] - named[worst][0], whole[1] - named[worst][1])
    names = (worst, say("gap_side_other_sources", scope.lang))
    return _Compared("list", named[worst], rest, names, LEVEL ** (1 / len(named)))


def _hours(desk: Desk, scope: Scope) -> _Compared | None:
    """Calls in the article's hours beside all others, by the company's clock."""
    found = calls_by_hour(desk, scope, desk.so_far(scope))
    if not found or not desk.knows(scope, "sdr_connects.count"):
        return None
    sides = []
    for inside in (True, False):
        kept = [pair for hour, pair in found.items() if (hour in GOOD_HOURS) is inside]
        sides.append((sum(k for k, _ in kept), sum(n for _, n in kept)))
    calls = sum(n for _, n in sides)
    share = percent(sides[0][1] / calls, calls, scope.lang) if calls else ""
    return _Compared("hour", sides[0], sides[1], _names("hours", "rest", scope), more={"share": share})


def calls_by_hour(desk: Desk, scope: Scope, period: Period) -> dict[int, Pair]:
    """Hour of the day → (connects, calls). The store counts by hours of UTC, and here they become local."""
    fact = _calls(desk, scope, period)
    moment = fact.joins.column(("occurred_at",))
    hour = exp.Anonymous(this="date_trunc", expressions=[exp.Literal.string("hour"), moment])
    is_connect = where_sql((Atom(("outcome",), "=", "person"),), fact.joins)
    connects = exp.Sum(
        this=exp.Case(ifs=[exp.If(this=is_connect, true=exp.convert(1))], default=exp.convert(0))
    )
    rows = [
        in_period(fact.joins.day(("occurred_at",)), period),
        where_sql(_CALL, fact.joins),
        *fact.conditions(),
    ]
    select = sqlglot.select(
        exp.alias_(hour, "h"), exp.alias_(connects, "k"), exp.alias_(exp.Count(this=exp.Star()), "n")
    )
    select = fact.joins.add_to(select.from_(fact.source)).where(*rows).group_by(exp.convert(1))
    zone = ZoneInfo(desk.calendar.zone)
    found: dict[int, Pair] = {}
    for moment_of, k, n in desk.store.rows(select):
        if isinstance(moment_of, datetime):
            local = moment_of.replace(tzinfo=moment_of.tzinfo or UTC).astimezone(zone).hour
            known = found.get(local, (0.0, 0.0))
            found[local] = (known[0] + float(k or 0), known[1] + float(n))
    return found


def _calls(desk: Desk, scope: Scope, period: Period) -> Fact:
    """Activities behind the viewer's gate and the scope's filters."""
    filters = dict(scope.filters) | ({"team": (scope.team,)} if scope.team is not None else {})
    query = Query((), period, scope.today, filters=filters, viewer=desk.viewer)
    cut = cut_of(query, desk.catalogue)
    return Fact("activity", desk.schema, cut, desk.viewer, desk.calendar.start_month)


def _names(first: str, second: str, scope: Scope) -> tuple[str, str]:
    return say(f"gap_side_{first}", scope.lang), say(f"gap_side_{second}", scope.lang)
