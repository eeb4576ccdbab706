"""`meeting`: open a sales meeting, look at it again, and write down what was decided."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from hakari.cli.options import AsOf, Format, Period, Team, check_format, parameters
from hakari.cli.session import Session, print_rows
from hakari.errors import ParameterNotUnderstoodError, SourceFileError
from hakari.maths.display_rules import Verdict
from hakari.planning.meeting_view import MeetingView, Progress
from hakari.planning.wording import figure, signed
from hakari.report import meeting_rows, meetings_rows
from hakari.report.meeting import decision_row, moves_rows
from hakari.report.rows import Row
from hakari.units.display import money_unit, points
from hakari.units.display import signed as plainly_signed
from hakari.web.address import Address
from hakari.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

MOVED = {
    Verdict.ABOVE: "meeting_moved_up",
    Verdict.BELOW: "meeting_moved_down",
    Verdict.WITHIN_NOISE: "meeting_not_moved",
    Verdict.ON_HOLD: "meeting_too_early",
}
Number = Annotated[int, typer.Argument(help="The meeting's number, as `hakari meeting list` shows it.")]


@app.command()
def new(
    context: typer.Context,
    *,
    title: Annotated[str, typer.Option(help="What the meeting is called.")] = "",
    team: Team = None,
    period: Period = None,
    asof: AsOf = None,
) -> None:
    """Open a meeting: its figures stay those of this moment, whatever is imported later."""
    session: Session = context.obj
    number = session.company.start_meeting(parameters(period, team, None, None, asof), title)
    session.say(str(number))
    session.warn(say("meeting_opened", session.language, n=number))


@app.command("list")
def list_(context: typer.Context, form: Format = "table") -> None:
    """List the meetings, the newest first."""
    session: Session = context.obj
    check_format(form)
    rows = meetings_rows(session.company.meetings(), session.company.decisions())
    print_rows(session, rows, form, lambda: _plain(rows))


@app.command()
def show(
    context: typer.Context,
    number: Number,
    *,
    pdf: Annotated[
        Path | None, typer.Option(help="Write the pack of three A4 pages into this file instead.")
    ] = None,
    hide_amounts: Annotated[bool, typer.Option("--hide-amounts", help="Show no amount of money.")] = False,
    form: Format = "table",
) -> None:
    """Show a meeting: last decisions and what came of them, figures, what moved, decisions."""
    session: Session = context.obj
    check_format(form)
    asked = {"mask": "amount"} if hide_amounts else {}
    if pdf is not None:
        _write_pdf(session, number, pdf, asked)
        return
    view = session.company.meeting(number, asked, session.language)
    if form != "table":
        print_rows(session, meeting_rows(view), form, Table)
        return
    lang = session.language
    moment = view.meeting.as_of.astimezone(ZoneInfo(session.company.profile.zone))
    period, team = view.card.period_label, view.meeting.team or say("whole_company", lang)
    when = f"{moment:%Y-%m-%d %H:%M}"
    session.say(f"{view.meeting.title}  {say('meeting_frozen', lang, when=when, team=team, period=period)}")
    unit = say("subline_money", lang, unit=money_unit(view.card.scope.unit, lang))
    session.say("\n".join((view.card.headline, *view.card.notices, unit)))
    for key, found in (("meeting_slide_1", view.last), ("meeting_slide_6", view.decisions)):
        session.say(f"\n{say(key, lang)}")
        if found:
            session.console().print(_decisions(session, view, found))
    session.say(f"\n{say('meeting_slide_5', lang)}")
    if view.moves is None:
        session.say(say("meeting_no_moves", lang))
    else:
        session.console().print(_moves(session, view))


@app.command()
def decide(
    context: typer.Context,
    number: Number,
    what: Annotated[str, typer.Argument(help="What is decided.")],
    *,
    owner: Annotated[str, typer.Option(help="Who does it.")],
    by: Annotated[str | None, typer.Option(help="By which day, such as 2026-12-01.")] = None,
    kpi: Annotated[str, typer.Option(help="The KPI that should move.")] = "",
    change: Annotated[
        float | None, typer.Option(help="By how much: points of a rate, else percent. 5 or -3.")
    ] = None,
) -> None:
    """Write a decision down; the next meeting opens with it."""
    session: Session = context.obj
    share = None if change is None else change / 100
    made = session.company.decide(number, what, owner, _day(by), kpi, share)
    session.say(str(made))


@app.command()
def settle(
    context: typer.Context,
    decision: Annotated[int, typer.Argument(help="The decision's number, as `meeting show` has it.")],
    outcome: Annotated[str, typer.Argument(help="kept, not_kept or open")],
    remark: Annotated[str, typer.Option(help="One sentence on it.")] = "",
) -> None:
    """Say what came of a decision; every turn is kept."""
    session: Session = context.obj
    session.company.settle_decision(decision, outcome, remark)


def _write_pdf(session: Session, number: int, file: Path, asked: dict[str, str]) -> None:
    from hakari.web.pages.meeting.paper import meeting_pdf  # Only this needs the pages.
    from hakari.web.site import Site

    if session.lent is not None and not file.is_absolute():
        raise ParameterNotUnderstoodError(
            f"the running server cannot tell where {file} is", "name the whole path, from / on"
        )
    site = Site(session.company, session.clock)
    address = Address("", {"lang": session.language, **asked}, site.defaults)
    content = meeting_pdf(site, number, address)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise SourceFileError(f"{file} cannot be written: {error.strerror}", "name another file") from error
    session.say(str(file))


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise ParameterNotUnderstoodError(f"--by {text} is no day", "write it as 2026-12-01") from None


def _decisions(session: Session, view: MeetingView, found: tuple[Progress, ...]) -> Table:
    lang, scope = session.language, view.card.scope
    heads = ("decision", "owner", "due", "kpi", "wanted", "base", "since", "state")
    table = Table("id", *(say(f"meeting_{head}", lang) for head in heads), box=None, pad_edge=False)
    for one in found:
        row, change = decision_row(one), one.decision.change
        wanted = ""
        if change is not None:
            wanted = points(change, 1) if one.unit == "percent" else f"{plainly_signed(change * 100)}%"
        base, since = (figure(each, one.unit, one.n, scope) for each in (one.base, one.value))
        due = "" if row["due"] is None else str(row["due"])
        moved = MOVED.get(one.moved)
        told = f"{since} ({say(moved, lang)})" if moved is not None else since
        state = say(f"talk_{one.decision.outcome}", lang)
        table.add_row(
            str(row["id"]), one.decision.what, one.decision.owner, due, one.name, wanted, base, told, state
        )
    return table


def _moves(session: Session, view: MeetingView) -> Table:
    lang, scope = session.language, view.card.scope
    heads = ("meeting_move", "amount", "count_of_deals")
    table = Table(*(say(head, lang) for head in heads), box=None, pad_edge=False)
    for row in moves_rows(view):
        amount = row["amount"] if isinstance(row["amount"], float) else 0.0
        edge = row["move"] in ("opening", "closing")
        told = figure(amount, "jpy", None, scope) if edge else signed(amount, "jpy", scope)
        table.add_row(say(f"meeting_{row['move']}", lang), told, f"{row['count']:,}")
    return table


def _plain(rows: list[Row]) -> Table:
    table = Table(box=None, pad_edge=False)
    for key in rows[0] if rows else ():
        table.add_column(key)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row.values()))
    return table
