"""The style sheets, scripts and pictures of every page, under an address that changes when they do.

A browser keeps them for good: /static/<digest>/… never changes, and a new version has a new address.
Scripts name each other by relative paths, so they stay in the folder of the digest.
"""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

SHEETS = (
    "tokens",
    "frame",
    "marks",
    "tables",
    "scorecard",
    "metric",
    "definitions",
    "targets",
    "lint",
    "plan",
    "people",
    "meeting",
    "gap",
    "capacity",
    "narrow",
    "paper",
)
ALL_SHEETS = "all.css"
_DIGEST = re.compile("[0-9a-f]{12}")


class Stationery(StaticFiles):
    """Answers /static/<digest>/<path>; what is asked under another address is not kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        self.folder = folder

    @cached_property
    def sheets(self) -> bytes:
        """All style sheets as one, later ones over earlier ones: one request before the first paint."""
        return b"\n".join((self.folder / "css" / f"{name}.css").read_bytes() for name in SHEETS)

    @cached_property
    def place(self) -> str:
        """Where this version's files are found."""
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        content = b"\0".join(path.read_bytes() for path in files)
        return f"/static/{sha256(content).hexdigest()[:12]}"

    async def get_response(self, path: str, scope: Scope) -> Response:
        digest, _, rest = path.replace("\\", "/").partition("/")
        current = f"/static/{digest}" == self.place
        if _DIGEST.fullmatch(digest):
            path = rest
        if path == ALL_SHEETS:
            answer = Response(self.sheets, media_type="text/css")
        else:
            answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
        return answer
