"""What a company answers about its meetings: opening one, what it shows, and what was decided."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hakari.access import for_everybody, readers_of
from hakari.errors import ParameterNotUnderstoodError, UnknownEntryError
from hakari.planning.asking import check_name
from hakari.planning.company_side import CompanySide
from hakari.planning.compose import compose
from hakari.planning.definition_answers import Named
from hakari.planning.meeting_view import MeetingView, base_of_decision, meeting_view
from hakari.planning.meetings import (
    Decision,
    Meeting,
    decision_body,
    decision_of,
    meeting_body,
    meeting_of,
)
from hakari.planning.scorecard import Scope
from hakari.planning.talks import settled
from hakari.storage.notes import Entry
from hakari.words import Language, say


class MeetingAnswers(CompanySide):
    """The side of a company that meets."""

    @abstractmethod
    def named(self, word: str) -> Named: ...

    def start_meeting(self, params: Mapping[str, str], title: str = "") -> int:
        """Freezes the moment, the period, the team and the KPIs; gives the meeting's number.

        The moment is that of `asof`, else now.
        """
        scope = self.asked(params, "ja").scope
        as_of = scope.as_of or self.clock()
        with self._lock:
            desk = self.desk(as_of)
            if scope.team is not None:
                names = tuple(sorted(desk.store.names("team", desk.schema).values()))
                check_name(scope.team, names, "team")
            card = compose(desk, replace(scope, as_of=as_of, filters={}), self.freshness())
        if card.freshness.last_import is None:
            raise ParameterNotUnderstoodError(
                "there are no records to meet about", "import some first: hakari import FILE"
            )
        said = title.strip() or say("meeting_title", "ja", team=scope.team or say("whole_company", "ja"))
        body = meeting_body(scope, said, as_of, card)
        return self.truth.notes.write("meeting", body, self.viewer.name, self.clock(), for_everybody())

    def team_names(self) -> tuple[str, ...]:
        with self._lock:
            desk = self.desk(None)
            return tuple(sorted(desk.store.names("team", desk.schema).values()))

    def meetings(self) -> tuple[Meeting, ...]:
        """The newest first."""
        found = [meeting_of(one) for one in self._entries("meeting")]
        return tuple(sorted(found, key=lambda one: (one.as_of, one.id), reverse=True))

    def meeting(self, number: int, params: Mapping[str, str], lang: Language) -> MeetingView:
        """The figures as they were known when it was opened, whatever was imported since."""
        meeting = self._meeting(number)
        shown = self.asked({name: params[name] for name in ("unit", "mask") if name in params}, lang).scope
        scope = meeting.scope(lang, shown.unit, shown.masked)
        before, after = self._beside(meeting)
        last = self._last(meeting, before)
        with self._lock:
            return meeting_view(
                self.desk(meeting.as_of),
                scope,
                meeting,
                (before, after),
                last,
                self.decisions(number),
                self.freshness(),
            )

    def decisions(self, meeting: int | None = None) -> tuple[Decision, ...]:
        """Of one meeting or of all, in the order they were made."""
        found = self._entries("decision", meeting)
        return tuple(decision_of(one) for one in found)

    def decide(
        self,
        meeting: int,
        what: str,
        owner: str,
        due: date | None = None,
        kpi: str = "",
        change: float | None = None,
    ) -> int:
        """`change` is in points of a rate (.02 is two), else a share of the figure (.1 is a tenth more)."""
        about = self._meeting(meeting)
        measure = self._measure(kpi) if kpi.strip() else ""
        base = self._base(about, measure) if measure else None
        body = decision_body(what, owner, due, measure, change, base, about.day)
        notes, now = self.truth.notes, self.clock()
        return notes.write("decision", body, self.viewer.name, now, for_everybody(), meeting=meeting)

    def settle_decision(self, decision: int, outcome: str, remark: str = "") -> None:
        """kept, not_kept, or open again; every turn is kept."""
        if self.truth.notes.history(decision, readers_of(self.viewer))[-1].kind != "decision":
            raise UnknownEntryError(f"entry {decision} is no decision", "look it up in the meeting")
        self.truth.notes.change(
            decision,
            lambda body: settled(body, outcome, remark),
            self.viewer.name,
            self.clock(),
            readers_of(self.viewer),
        )

    def decisions_due(self, today: date) -> tuple[Decision, ...]:
        """Open ones due by that day, for the list of the day."""
        found = [one for one in self.decisions() if one.outcome == "open"]
        return tuple(one for one in found if one.due is not None and one.due <= today)

    def _measure(self, word: str) -> str:
        return self.named(word).measures[0].id

    def _base(self, meeting: Meeting, measure: str) -> float | None:
        scope: Scope = meeting.scope("ja", "yen")
        with self._lock:
            desk = self.desk(meeting.as_of)
            return base_of_decision(desk, scope, measure) if desk.knows(scope, measure) else None

    def _meeting(self, number: int) -> Meeting:
        found = next((one for one in self.meetings() if one.id == number), None)
        if found is None:
            raise UnknownEntryError(f"there is no meeting {number}", "see /meeting or hakari meeting list")
        return found

    def _beside(self, meeting: Meeting) -> tuple[Meeting | None, Meeting | None]:
        row = [one for one in reversed(self.meetings()) if one.team == meeting.team]
        place = [one.id for one in row].index(meeting.id)
        before = next((one for one in reversed(row[:place]) if one.as_of < meeting.as_of), None)
        after = row[place + 1] if place + 1 < len(row) else None
        return before, after

    def _last(self, meeting: Meeting, before: Meeting | None) -> tuple[Decision, ...]:
        """What the meeting before decided, and what is still open of those before it."""
        if before is None:
            return ()
        earlier = {one.id for one in self.meetings() if one.team == meeting.team and one.as_of < before.as_of}
        found = [
            one
            for one in self.decisions()
            if one.meeting == before.id or (one.meeting in earlier and one.outcome == "open")
        ]
        return tuple(sorted(found, key=lambda one: (one.due or date.max, one.id)))

    def _entries(self, kind: str, meeting: int | None = None) -> list[Entry]:
        if kind == "meeting":
            return self.truth.notes.standing({"meeting"}, readers_of(self.viewer))
        return self.truth.notes.standing({"decision"}, readers_of(self.viewer), meeting=meeting)
