"""Starts a command: runs it here, or hands it to the server that owns the projection."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from hakari.cli.app import app
from hakari.cli.remote import hand_over
from hakari.cli.session import Session
from hakari.errors import HakariError, StoreInUseError

USER_ERROR = 2


def main() -> None:
    """The `hakari` command."""
    session = Session(interactive=sys.stdin.isatty() and sys.stderr.isatty(), runner=run)
    code = run(sys.argv[1:], session)
    sys.stdout.flush()
    sys.exit(code)


def run(words: Sequence[str], session: Session) -> int:
    """Runs one command line in a session and gives its exit code; errors become two readable lines."""
    try:
        result = app(list(words), obj=session, standalone_mode=False)
        session.tell_problems()
        return result if isinstance(result, int) else 0
    except StoreInUseError as error:
        session.close()
        handed = hand_over(words, session) if session.lent is None else None
        return handed if handed is not None else _told(session, error)
    except HakariError as error:
        return _told(session, error)
    except typer.Exit as stopped:
        return stopped.exit_code
    except TyperException as wrong:
        said = wrong.format_message() if isinstance(wrong, typer.BadParameter) else str(wrong)
        session.warn(f"hakari: {said}\n  → hakari --help")
        return USER_ERROR
    except (typer.Abort, KeyboardInterrupt):
        session.warn("hakari: stopped")
        return 130
    except BrokenPipeError:
        return 0
    finally:
        session.close()


def _told(session: Session, error: HakariError) -> int:
    session.warn(f"hakari: {error}")
    return USER_ERROR
