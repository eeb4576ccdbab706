"""One process owns the projection: while the server runs, it answers for the others."""

from __future__ import annotations

import io
import json
import os
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from hakari.bootstrap import Company
from hakari.cli.session import Session
from hakari.config import SERVER_FILE

HEADER = "X-Hakari-Token"
PATH = "/command"
# Commands that change no record of a source; a server runs nothing else for another process.
ASKING = (
    *("show", "scorecard", "explain", "define", "catalogue", "runs", "records", "publish", "rep"),
    *("meeting new", "meeting list", "meeting show", "meeting decide", "meeting settle"),
    *("plan", "simulate"),
    *("lint", "kpis", "initiatives", "gap"),
    *("capacity", "incentive", "territory"),
    "definitions history",
    *("targets list", "targets propose", "targets split", "targets history"),
)


def command_of(words: Sequence[str]) -> str:
    """The command among the words: the first that is neither an option nor an option's value.

    `definitions`, `targets` and `meeting` are families: their command is the word after it as well.
    """
    rest = list(words)
    while rest and rest[0].startswith("-"):
        rest = rest[2:] if rest[0] == "--lang" else rest[1:]
    return " ".join(rest[:2] if rest[:1] in (["definitions"], ["targets"], ["meeting"]) else rest[:1])


def announce(folder: Path, port: int) -> str:
    """Write where the server listens, readable by this user only; gives the token callers must show."""
    token = secrets.token_urlsafe(32)
    path = folder / SERVER_FILE
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"pid": os.getpid(), "port": port, "token": token}, file)
    return token


def withdraw(folder: Path) -> None:
    (folder / SERVER_FILE).unlink(missing_ok=True)


def hand_over(words: Sequence[str], session: Session) -> int | None:
    """Ask the running server to answer; None when there is none that can."""
    if command_of(words) not in ASKING:
        return None
    try:
        found = json.loads((session.place / SERVER_FILE).read_text(encoding="utf-8"))
        url = f"http://127.0.0.1:{int(found['port'])}{PATH}"
        body = json.dumps({"words": list(words)}).encode()
        request = urllib.request.Request(
            url, body, {HEADER: found["token"], "Content-Type": "application/json"}
        )
        # Straight to this machine: a proxy would be handed the token.
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(request, timeout=600) as answer:
            said = json.load(answer)
    except urllib.error.HTTPError as refused:
        refused.close()
        return None
    except (OSError, ValueError, KeyError):
        return None
    session.out.write(said["out"])
    session.err.write(said["err"])
    return int(said["code"])


def answer_for(
    company: Company, run: Callable[[Sequence[str], Session], int]
) -> Callable[[list[str]], dict[str, object]]:
    """What the server does with the words another process hands over."""

    def answer(words: list[str]) -> dict[str, object]:
        out, err = io.StringIO(), io.StringIO()
        session = Session(out=out, err=err, lent=company, clock=company.clock)
        if command_of(words) not in ASKING:
            return {
                "code": 2,
                "out": "",
                "err": f"hakari: a running server answers only {', '.join(ASKING)}\n",
            }
        return {"code": run(words, session), "out": out.getvalue(), "err": err.getvalue()}

    return answer
