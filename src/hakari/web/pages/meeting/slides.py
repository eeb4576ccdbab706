"""The slides of a meeting, written out: decisions with what came of them, channels, people, what moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from hakari.maths.display_rules import Verdict
from hakari.planning.meeting_moves import KINDS, Moves
from hakari.planning.meeting_view import Focus, MeetingView, Progress
from hakari.planning.scorecard import Column, PeopleTable, PersonRow
from hakari.units.display import number, points, signed
from hakari.web.address import Address
from hakari.web.blocks.people import REP
from hakari.web.figures import Figures
from hakari.web.judgement import judge
from hakari.web.marks import Svg, Tone, signed_bar, verdict_dot
from hakari.words import say

MOST_PEOPLE, MOST_MOVES = 10, 8


@dataclass(frozen=True, slots=True)
class DecisionLine:
    id: int
    what: str
    owner: str
    due: str
    kpi: str
    wanted: str
    base: str
    since: str
    verdict: str
    dot: Svg
    tone: Tone
    state: str  # open, overdue, kept or not_kept
    state_words: str


@dataclass(frozen=True, slots=True)
class ChannelLine:
    name: str
    value: str
    fraction: str
    range: str
    verdict: str
    dot: Svg
    tone: Tone


@dataclass(frozen=True, slots=True)
class FocusBlock:
    name: str
    sentence: str
    by: str
    lines: tuple[ChannelLine, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    name: str
    url: str
    role: str
    ramping: bool
    sure: tuple[tuple[str, Tone], ...]
    question: str


@dataclass(frozen=True, slots=True)
class MoveLine:
    name: str
    amount: str
    count: str
    bar: Svg
    is_edge: bool


@dataclass(frozen=True, slots=True)
class DealMove:
    kind: str
    name: str
    owner: str
    amount: str


@dataclass(frozen=True, slots=True)
class MovesBlock:
    window: str
    lines: tuple[MoveLine, ...]
    deals: tuple[DealMove, ...]
    more: str


def decision_lines(
    found: Sequence[Progress], view: MeetingView, figures: Figures
) -> tuple[DecisionLine, ...]:
    return tuple(_decision(one, view, figures) for one in found)


def _decision(one: Progress, view: MeetingView, figures: Figures) -> DecisionLine:
    lang, decision = figures.lang, one.decision
    said = judge(one.moved, one.better, one.unit, one.n, None, None, lang)
    per = say("meeting_per_day", lang) if one.per_day else ""
    state = "overdue" if decision.is_overdue(view.meeting.day) else decision.outcome
    words = {
        Verdict.ABOVE: "meeting_moved_up",
        Verdict.BELOW: "meeting_moved_down",
        Verdict.WITHIN_NOISE: "meeting_not_moved",
        Verdict.ON_HOLD: "meeting_too_early",
    }
    value = figures.value(one.value, one.unit, one.n) if one.value is not None else "—"
    return DecisionLine(
        id=decision.id,
        what=decision.what,
        owner=decision.owner,
        due=figures.day(decision.due),
        kpi=one.name,
        wanted=change_words(one),
        base=figures.value(one.base, one.unit) + per if one.base is not None else "",
        since=value + per if one.value is not None else value,
        verdict=say(words[one.moved], lang) if one.moved in words else "",
        dot=verdict_dot(said.tone, said.sureness) if one.moved in words else Svg(""),
        tone=said.tone,
        state=state,
        state_words=say(f"talk_{state}", lang) + (f" · {decision.remark}" if decision.remark else ""),
    )


def change_words(one: Progress) -> str:
    change = one.decision.change
    if change is None:
        return ""
    if one.unit == "percent":
        return points(change, 1 if abs(change * 100 - round(change * 100)) > 1e-6 else 0)
    return f"{signed(change * 100, 0)}%"


def focus_block(focus: Focus | None, figures: Figures) -> FocusBlock | None:
    if focus is None:
        return None
    row, lang = focus.row, figures.lang
    value = figures.value(row.value, row.unit, row.n, row.numerator)
    target = figures.beside(row.comparison, row.unit, row.n)
    gap = figures.difference(row.difference, row.unit, row.n)
    lines = []
    for one in focus.parts:
        said = judge(one.verdict, row.better, row.unit, one.n, one.numerator, one.denominator, lang)
        fraction = (
            figures.fraction(one.numerator, one.denominator, "count")
            if row.unit == "percent"
            else say("records_count", lang, n=number(one.n))
        )
        dot = verdict_dot(said.tone, said.sureness) if said.is_given else Svg("")
        shown = figures.value(one.value, row.unit, one.n, one.numerator)
        span = figures.range(one.interval, row.unit, one.n)
        lines.append(ChannelLine(one.name, shown, fraction, span, said.words, dot, said.tone))
    sentence = say("meeting_focus", lang, kpi=row.name, value=value, target=target, gap=gap)
    return FocusBlock(row.name, sentence, focus.by, tuple(lines))


def people_lines(
    tables: Sequence[PeopleTable], address: Address, figures: Figures
) -> tuple[tuple[PersonLine, ...], int]:
    """Who has a sure difference or is new, in the order of the tables, and how many are left out."""
    lines: list[PersonLine] = []
    everyone = 0
    for table in tables:
        columns = {one.measure: one for one in table.columns}
        for row in table.rows:
            everyone += 1
            sure = tuple(_sure(row, columns, figures))
            if sure or row.ramping:
                url = (
                    ""
                    if row.key is None
                    else Address(f"{REP}/{row.key}", {}, address.defaults).to(
                        view="1on1", lang=address.lang, asof=None
                    )
                )
                lines.append(PersonLine(row.name, url, row.role, row.ramping, sure, row.question))
    shown = tuple(lines[:MOST_PEOPLE])
    return shown, everyone - len(shown)


def _sure(row: PersonRow, columns: Mapping[str, Column], figures: Figures) -> list[tuple[str, Tone]]:
    found: list[tuple[str, Tone]] = []
    for cell in row.cells:
        of, lang = columns[cell.measure], figures.lang
        said = judge(cell.verdict, of.better, of.unit, cell.n, cell.numerator, cell.denominator, lang)
        if cell.verdict in (Verdict.ABOVE, Verdict.BELOW) and said.tone != "plain":
            value = figures.value(cell.value, of.unit, cell.n, cell.numerator)
            target = figures.beside(cell.comparison, of.unit, cell.n)
            found.append((f"{of.name} {value} / {target}", said.tone))
    return found


def moves_block(moves: Moves | None, figures: Figures, zone: str) -> MovesBlock | None:
    if moves is None:
        return None
    lang = figures.lang
    largest = max((abs(moves.total(kind)) for kind in KINDS), default=0.0)
    model = max(largest, moves.opening, moves.closing)
    lines = [_edge("meeting_opening", moves.opening, moves.opening_count, model, figures)]
    for kind in KINDS:
        found, total = moves.of(kind), moves.total(kind)
        if found:
            amount = _signed(total, model, figures)
            count = say("deals_count", lang, n=number(len(found)))
            lines.append(
                MoveLine(say(f"meeting_{kind}", lang), amount, count, signed_bar(total, largest), False)
            )
    lines.append(_edge("meeting_closing", moves.closing, moves.closing_count, model, figures))
    deals = tuple(
        DealMove(say(f"meeting_{one.kind}", lang), one.name, one.owner, _signed(one.amount, model, figures))
        for one in moves.largest[:MOST_MOVES]
    )
    more = len(moves.moves) - len(deals)
    since, until = (one.astimezone(ZoneInfo(zone)).date() for one in (moves.since, moves.until))
    window = say("meeting_window", lang, since=figures.day(since), until=figures.day(until))
    return MovesBlock(
        window, tuple(lines), deals, say("meeting_more_moves", lang, n=more) if more > 0 else ""
    )


def _edge(key: str, amount: float, count: int, model: float, figures: Figures) -> MoveLine:
    lang = figures.lang
    value = figures.value(amount, "jpy", like=model)
    return MoveLine(say(key, lang), value, say("deals_count", lang, n=number(count)), Svg(""), is_edge=True)


def _signed(amount: float, model: float, figures: Figures) -> str:
    plain = figures.value(abs(amount), "jpy", like=model)
    return plain if not amount else f"{'+' if amount > 0 else '−'}{plain}"
