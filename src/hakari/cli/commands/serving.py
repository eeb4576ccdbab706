"""`serve`: the pages in the browser, on this machine only."""

from __future__ import annotations

import gc
import ipaddress
import socket
import webbrowser
from threading import Timer
from typing import Annotated

import typer

from hakari.cli.remote import announce, answer_for, withdraw
from hakari.cli.session import Session
from hakari.errors import NotAllowedError, StoreInUseError

Host = Annotated[str, typer.Option(help="An address of this machine; there is no sign-in yet.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")]
Browser = Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")]


def serve(
    context: typer.Context, host: Host = "127.0.0.1", port: Port = 8765, browser: Browser = False
) -> None:
    """Serve the pages of your company (or of the demo, before you imported anything)."""
    run_server(context.obj, host, port, browser)


def run_server(session: Session, host: str, port: int, browser: bool) -> None:
    """Blocks until stopped. Other `hakari` commands find the server through a file in the data folder."""
    if not _is_this_machine(host):
        raise NotAllowedError(
            f"{host} can be reached from other machines, and there is no sign-in yet",
            "serve on 127.0.0.1 and use a tunnel you trust",
        )
    # Other commands need no web framework, and it takes as long to import as all they do.
    import uvicorn

    from hakari.web.app import create_app, make_first_page
    from hakari.web.commands import add_commands

    company = session.company
    company.projection()
    listener = _listen(host, port)
    bound = listener.getsockname()[1]
    token = announce(session.place, bound)
    app = create_app(company, clock=company.clock)
    if session.runner is not None:
        add_commands(app, token, answer_for(company, session.runner))
    make_first_page(app)
    # What is loaded by now stays: the collector need not look through it between two answers.
    gc.collect()
    gc.freeze()
    url = f"http://{'localhost' if host == '127.0.0.1' else host}:{bound}/"
    session.say(f"Hakari: {url}  (Ctrl+C で終了 / to stop)")
    session.out.flush()
    if browser:
        Timer(0.5, webbrowser.open, [url]).start()
    try:
        config = uvicorn.Config(app, log_level="warning", server_header=False, date_header=False)
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        withdraw(session.place)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address("127.0.0.1" if host == "localhost" else host).is_loopback
    except ValueError:  # a name may lead anywhere
        return False


def check_port(host: str, port: int) -> None:
    """Refuse a taken port before anything is made for it."""
    _listen(host, port).close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # whoever comes before the first page is made waits, and is not refused
    except OSError as error:
        listener.close()
        raise StoreInUseError(
            f"port {port} is taken by another program",
            "choose another with --port, or --port 0 for any free one",
        ) from error
    return listener
