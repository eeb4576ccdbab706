"""The commands, each in a module of its own."""

from __future__ import annotations

from typing import Annotated

import typer

from hakari import __version__
from hakari.cli.commands import (
    capacity,
    catalogue,
    defining,
    definitions,
    demo,
    gap,
    importing,
    initiatives,
    lint,
    meeting,
    plan,
    publish,
    rep,
    scorecard,
    serving,
    show,
    targets,
)
from hakari.cli.session import Session
from hakari.errors import ParameterNotUnderstoodError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    lang: Annotated[str | None, typer.Option(help="ja or en")] = None,
    demo_company: Annotated[bool, typer.Option("--demo", help="Look at the demo company.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Hakari tells a B2B sales organisation the truth about its numbers and what to do next."""
    session: Session = context.obj
    if lang not in (None, "ja", "en"):
        raise ParameterNotUnderstoodError(f"--lang {lang} is no language Hakari speaks", "use ja or en")
    session.lang = "en" if lang == "en" else "ja" if lang == "ja" else None
    session.demo = demo_company
    if version:
        session.say(f"hakari {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        session.say(context.get_help())


app.command("demo")(demo.demo)
app.command("serve")(serving.serve)
app.command("import")(importing.import_)
app.command("undo")(importing.undo)
app.command("runs")(importing.runs)
app.command("rejects")(importing.rejects)
app.command("scorecard")(scorecard.scorecard)
app.command("gap")(gap.gap)
app.command("capacity")(capacity.capacity)
app.command("incentive")(capacity.incentive)
app.command("territory")(capacity.territory)
app.command("rep")(rep.rep)
app.command("show")(show.show)
app.command("explain")(show.explain)
app.command("plan")(plan.plan)
app.command("simulate")(plan.simulate)
app.command("records")(show.records)
app.command("define")(defining.define)
app.command("catalogue")(catalogue.catalogue)
app.add_typer(definitions.app, name="definitions", help="Own definitions, choices, their history.")
app.command("lint")(lint.lint)
app.add_typer(initiatives.app, name="initiatives", help="What was begun on which day, marked on trends.")
app.add_typer(lint.kpis, name="kpis", help="The KGI and KPIs of the scorecard, owners and review days.")
app.add_typer(meeting.app, name="meeting", help="Sales meetings and what they decide.")
app.add_typer(publish.publish, name="publish")
app.add_typer(targets.app, name="targets", help="Targets: their chances, proposals, setting them.")
