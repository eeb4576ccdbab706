"""`demo`: a company that sells, made up to today, in the browser."""

from __future__ import annotations

import shutil
from typing import Annotated

import typer

from hakari.bootstrap import Company
from hakari.cli.commands.serving import Browser, Host, Port, check_port, run_server
from hakari.cli.session import DEMO, Session
from hakari.config import home

MADE = "demo_made"


def demo(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    browser: Browser = False,
    seed: Annotated[int, typer.Option(help="Another seed, another company.")] = 1,
    scale: Annotated[float, typer.Option(help="2 doubles the activity.")] = 1.0,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Open the pages, or only make it.")
    ] = True,
) -> None:
    """Make the demo company (once a day) and serve its pages. Your own data stays apart from it."""
    session: Session = context.obj
    if serve and port:
        check_port(host, port)
    session.demo = True
    session.folder = home() / DEMO
    made = {
        "seed": seed,
        "scale": scale,
        "today": session.company.calendar.local_date(session.clock()).isoformat(),
    }
    if session.company.truth.get_setting(MADE) != made:
        _make(session, seed, scale, made)
    if serve:
        run_server(session, host, port, browser)


def _make(session: Session, seed: int, scale: float, made: dict[str, object]) -> None:
    """An older demo company is thrown away, unless a server shows it: its days would no longer end today."""
    session.company.projection()
    session.close()
    folder = home() / DEMO
    if folder.exists():
        shutil.rmtree(folder)
    company: Company = session.company
    company.load_demo(seed, scale)
    company.truth.put_setting(MADE, made, session.clock())
    total = sum(company.truth.counts().values())
    session.say(f"デモ会社を作成 / demo company made: {total:,} records in {folder}")
