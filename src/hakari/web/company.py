"""What the pages need of a company: `hakari.bootstrap` provides it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from hakari.metrics.definitions import Catalogue
from hakari.planning.asking import Asked
from hakari.planning.metric_view import MetricView
from hakari.planning.scorecard import Scorecard
from hakari.words import Language


class Profile(Protocol):
    """The settings of the company that shape a page."""

    @property
    def name(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def fiscal_start_month(self) -> int: ...
    @property
    def language(self) -> str: ...
    @property
    def money_unit(self) -> str: ...


class Company(Protocol):
    """Answers questions put as the parameters of a URL; a bad one raises a HakariError."""

    @property
    def profile(self) -> Profile: ...

    @property
    def catalogue(self) -> Catalogue: ...

    def asked(self, params: Mapping[str, str], lang: Language) -> Asked: ...

    def scorecard(self, params: Mapping[str, str], lang: Language) -> Scorecard: ...

    def metric_view(self, measure: str, params: Mapping[str, str], lang: Language) -> MetricView: ...
