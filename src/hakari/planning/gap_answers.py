"""What a company answers when asked why its goal is short: the tree, one factor by segment, and remedies."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from hakari.access import Viewer
from hakari.planning.company_side import CompanySide
from hakari.planning.desk import Desk
from hakari.planning.gap_remedies import remedies_for
from hakari.planning.gap_split import default_factor, gap_split
from hakari.planning.gap_view import Gap, GapTree, NoTree
from hakari.planning.scorecard import Scope, Scorecard
from hakari.words import Language

_KEPT = 64


class GapAnswers(CompanySide):
    """The side of a company that explains a gap; its figures are those of the scorecard."""

    _gaps: dict[tuple[str, int, Viewer], Gap]

    @abstractmethod
    def scorecard(self, params: Mapping[str, str], lang: Language) -> Scorecard: ...

    def gap(self, params: Mapping[str, str], lang: Language) -> Gap:
        """The gap of the scorecard of the same parameters; `factor` and `by` choose what is split how."""
        with self._lock:
            card = self.scorecard(params, lang)
            if not isinstance(card.gap, GapTree):
                return Gap(None, card.gap or NoTree("gap_no_goal"))
            desk = self.desk(card.scope.as_of)
            asked = (params.get("factor") or "", params.get("by") or "")
            said = repr((card.scope, asked, self.definitions.state, desk.profile))
            key = (said, desk.store.change, self.viewer)
            if key not in self._gaps:
                while len(self._gaps) >= _KEPT:
                    self._gaps.pop(next(iter(self._gaps)))
                self._gaps[key] = explained(desk, card.scope, card.gap, asked)
            return self._gaps[key]


def explained(desk: Desk, scope: Scope, tree: GapTree, asked: tuple[str, str] = ("", "")) -> Gap:
    """The tree, one factor of it by segment, and remedies; `asked` names factor and dimension, "" picks."""
    factor = asked[0] or default_factor(tree)
    split = gap_split(desk, scope, tree, (factor, asked[1]))
    return Gap(tree, None, split, remedies_for(desk, scope, tree, factor))
