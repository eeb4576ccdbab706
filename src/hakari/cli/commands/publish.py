"""`publish lake`: the records as Parquet, for a cluster or any other engine to read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from hakari.cli.session import Session
from hakari.errors import ParameterNotUnderstoodError

publish = typer.Typer(help="Write the records out for other engines to read.", no_args_is_help=True)


@publish.callback()
def publishing() -> None:
    """Write the records out for other engines to read."""


@publish.command("lake")
def lake(
    context: typer.Context,
    path: Annotated[str, typer.Argument(help="A folder, or an address such as s3://bucket/folder.")],
    keep_hours: Annotated[
        float,
        typer.Option(min=0, help="How long files that were replaced stay for whoever still reads them."),
    ] = 24.0,
) -> None:
    """Bring a lake of Parquet files up to date: the months that changed, then the manifest in one step."""
    session: Session = context.obj
    if session.lent is not None and "://" not in path and not Path(path).is_absolute():
        raise ParameterNotUnderstoodError(
            f"the running server cannot tell where {path} is", "name the whole path, from / on"
        )
    done = session.company.publish_lake(path, timedelta(hours=keep_hours))
    how = "everything anew" if done.full else "what changed"
    session.say(f"{path} stands at change {done.change}: {done.rows:,} rows ({how})")
    size = f"{done.bytes / 1e6:,.1f} MB"
    session.say(f"files: {done.written:,} written ({size}), {done.kept:,} kept, {done.removed:,} removed")
