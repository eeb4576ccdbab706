"""What all results of one measure say alike, told once; a scorecard has thousands of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hakari.metrics.compose import Figure
from hakari.metrics.result import MetricResult
from hakari.units.period import Period


@dataclass(frozen=True, slots=True)
class About:
    """A measure as one query asks it."""

    kpi: str
    measure: str
    key: str
    date_basis: str
    definition: str
    unit: str

    def result(
        self,
        figure: Figure,
        period: Period,
        slice_: Mapping[str, str | None],
        undated: int | None = None,
    ) -> MetricResult:
        """The figure with everything it stands on."""
        return MetricResult(
            kpi=self.kpi,
            measure=self.measure,
            key=self.key,
            value=figure.value,
            numerator=figure.numerator,
            denominator=figure.denominator,
            n=figure.n,
            interval=figure.interval,
            date_basis=self.date_basis,
            period=period,
            definition=self.definition,
            unit=self.unit,
            slice=slice_,
            open_share=figure.open_share,
            undated=undated,
            projected=figure.projected,
        )
