"""A company's own definitions: read from its folder, kept with every earlier text, never half applied."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hakari.errors import DefinitionError
from hakari.metrics.definitions import Catalogue
from hakari.metrics.loader import built_in, overlay
from hakari.metrics.meaning import digest
from hakari.metrics.placing import DefinitionFile
from hakari.storage.truth import SettingVersion, Truth

FOLDER = "definitions"
PREFIX = "definition:"
_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A file of the company that is not followed. Its last good text `still_holds`, if it had one."""

    file: str
    line: int
    what: str
    way_out: str
    still_holds: bool = False

    def text(self) -> str:
        return f"{self.what}\n  → {self.way_out}"


@dataclass(frozen=True, slots=True)
class TextVersion:
    """What a file said from a moment on; None when it was gone."""

    file: str
    text: str | None
    at: datetime


class DefinitionBook:
    """The catalogue of one company, always the newest that can be computed.

    With `follows_folder`, a file that is gone is no definition any more. A truth that several machines share
    cannot tell that from a machine that never had the file: there an emptied file takes a definition back.
    """

    def __init__(
        self, folder: Path, truth: Truth, clock: Callable[[], datetime], *, follows_folder: bool
    ) -> None:
        self.folder = folder / FOLDER
        self._truth, self._clock, self._follows_folder = truth, clock, follows_folder
        self._lock = threading.RLock()
        self._stamp: _Stamp | None = None
        self._accepted: dict[str, str] = {}
        self._catalogue = built_in()
        self._problems: tuple[Problem, ...] = ()

    @property
    def catalogue(self) -> Catalogue:
        with self._lock:
            self._refresh()
            return self._catalogue

    @property
    def problems(self) -> tuple[Problem, ...]:
        with self._lock:
            self._refresh()
            return self._problems

    @property
    def noticed(self) -> tuple[Problem, ...]:
        """The problems found so far, without looking again."""
        return self._problems

    def log(self) -> list[TextVersion]:
        """Every text of every file, oldest first."""
        with self._lock:
            self._refresh()
            return [_version(one) for one in self._truth.setting_log(PREFIX)]

    @property
    def state(self) -> str:
        """Changes whenever a definition does."""
        return digest(repr([(file.name, file.text) for file in self.files()]))

    def files(self) -> list[DefinitionFile]:
        """The files that are followed, populations first."""
        with self._lock:
            self._refresh()
            return files_of(self._accepted)

    def write(self, name: str, text: str) -> None:
        """Puts a file into the folder, whole or not at all."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".toml.new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
        with self._lock:
            self._stamp = None

    def _refresh(self) -> None:
        stamp = self._look()
        if stamp == self._stamp:
            return
        kept = self._kept()
        texts, unread = self._read(stamp)
        for name, text in kept.items():
            if name in {one.file for one in unread} or (name not in texts and not self._follows_folder):
                texts[name] = text
        wanted = {name: text for name, text in texts.items() if text.strip()}
        accepted, catalogue, problems = _largest(wanted, kept)
        changed: dict[str, str | None] = {
            name: text for name, text in accepted.items() if kept.get(name) != text
        }
        changed |= {name: None for name in kept if name not in wanted}
        if changed:
            keyed = {
                PREFIX + name: {"text": text, "digest": digest(text or "")} for name, text in changed.items()
            }
            self._truth.put_changed(keyed, self._clock())
        self._accepted, self._catalogue = accepted, catalogue
        self._problems, self._stamp = (*unread, *problems), stamp

    def _kept(self) -> dict[str, str]:
        """The newest good text of each file that is there."""
        newest = {one.file: one.text for one in map(_version, self._truth.setting_log(PREFIX))}
        return {name: text for name, text in newest.items() if text is not None}

    def _look(self) -> _Stamp:
        """What the files are now; of a shared truth also how many texts were ever kept, by whomever."""
        kept = () if self._follows_folder else (("", self._truth.settings_written(PREFIX), 0),)
        if not self.folder.is_dir():
            return kept
        paths = [*self.folder.glob("*.toml"), *(self.folder / "populations").glob("*.toml")]
        found = ((path, path.stat()) for path in sorted(paths))
        return kept + tuple(
            (path.relative_to(self.folder).as_posix(), stat.st_mtime_ns, stat.st_size) for path, stat in found
        )

    def _read(self, stamp: _Stamp) -> tuple[dict[str, str], tuple[Problem, ...]]:
        texts: dict[str, str] = {}
        unread: list[Problem] = []
        for name in (name for name, _, _ in stamp if name):
            try:
                texts[name] = (self.folder / name).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                unread.append(Problem(name, 1, f"{name}: {error}", "save it as text in UTF-8"))
        return texts, tuple(unread)


def _version(one: SettingVersion) -> TextVersion:
    return TextVersion(one.key.removeprefix(PREFIX), one.value["text"], one.at)


def files_of(texts: Mapping[str, str]) -> list[DefinitionFile]:
    """Populations first, because KPIs count them."""
    files = [DefinitionFile(name, text) for name, text in texts.items()]
    return sorted(files, key=lambda file: (not file.is_populations, file.name))


def _largest(
    wanted: Mapping[str, str], kept: Mapping[str, str]
) -> tuple[dict[str, str], Catalogue, tuple[Problem, ...]]:
    """The texts that hold together: one at fault gives way to its last good text, or to none."""
    texts = dict(wanted)
    problems: list[Problem] = []
    while True:
        try:
            return texts, overlay(built_in(), files_of(texts)), tuple(problems)
        except DefinitionError as error:
            name = _to_blame(error.file, texts, kept)
            what = error.what if name == error.file else f"{name} is not followed: {error.what}"
            back = kept.get(name)
            usable = back is not None and back != texts[name]
            line = error.line if name == error.file else 1
            problems.append(Problem(name, line, what, error.way_out, still_holds=usable))
            if back is not None and usable:
                texts[name] = back
            else:
                del texts[name]


def _to_blame(file: str, texts: Mapping[str, str], kept: Mapping[str, str]) -> str:
    """A KPI that nobody touched is not at fault when what it counts was changed."""
    changed = sorted(name for name, text in texts.items() if kept.get(name) != text)
    if file in changed or not changed:
        return file if file in texts else next(iter(texts))
    populations = [name for name in changed if name.startswith("populations/")]
    return (populations or changed)[0]
