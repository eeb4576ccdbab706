"""Answers `hakari` commands of the same user while this server owns the projection."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import FastAPI, Header
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

Answer = Callable[[list[str]], dict[str, Any]]


class Command(BaseModel):
    """The words of a command line, as typed after `hakari`."""

    model_config = ConfigDict(extra="forbid")
    words: Annotated[list[Annotated[str, Field(max_length=1_000)]], Field(max_length=100)]


def add_commands(app: FastAPI, token: str, answer: Answer) -> None:
    """Only who can read the data folder knows the token; a page in a browser does not."""

    @app.post("/command", include_in_schema=False)
    def command(given: Command, x_hakari_token: Annotated[str, Header()] = "") -> JSONResponse:
        if not secrets.compare_digest(x_hakari_token.encode(), token.encode()):
            return JSONResponse({"detail": "The token of the running server is missing."}, status_code=403)
        return JSONResponse(answer(given.words))
