"""What every side of a company stands on: stores, clock and viewer, which the company itself gives them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import RLock

from hakari.access import Viewer
from hakari.config import CompanyProfile
from hakari.metrics.definitions import Catalogue
from hakari.planning.asking import Asked
from hakari.planning.definition_book import DefinitionBook
from hakari.planning.desk import Desk
from hakari.planning.scorecard import Freshness
from hakari.storage.truth import Truth
from hakari.units.calendar import FiscalCalendar
from hakari.words import Language


class CompanySide(ABC):
    """`_lock` is held while figures are asked for: a refresh in between would mix two states of them."""

    truth: Truth
    clock: Callable[[], datetime]
    viewer: Viewer
    definitions: DefinitionBook
    _lock: RLock

    @property
    @abstractmethod
    def profile(self) -> CompanyProfile: ...

    @property
    @abstractmethod
    def calendar(self) -> FiscalCalendar: ...

    @property
    def catalogue(self) -> Catalogue:
        """Hakari's definitions with the company's own over them."""
        return self.definitions.catalogue

    @abstractmethod
    def asked(self, params: Mapping[str, str], lang: Language) -> Asked: ...

    @abstractmethod
    def desk(self, as_of: datetime | None) -> Desk: ...

    @abstractmethod
    def desk_of(self, asked: Asked) -> Desk:
        """The desk at the moment the question is about; refuses a team nobody has."""

    @abstractmethod
    def freshness(self) -> Freshness: ...
