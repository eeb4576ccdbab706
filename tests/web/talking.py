"""The side of the hand-made company that knows people and meetings: a real company's answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hakari.planning.meeting_view import MeetingView
from hakari.planning.meetings import Decision, Meeting
from hakari.planning.rep_view import RepView
from hakari.storage.notes import Kind
from hakari.words import Language
from tests.web.defined import RealDefinitions


class RealPeople(RealDefinitions):
    def rep(self, key: int, params: Mapping[str, str], lang: Language) -> RepView:
        return self.real.rep(key, params, lang)

    def write_note(self, person: int, kind: Kind, text: str) -> int:
        return self.real.write_note(person, kind, text)

    def promise(self, person: int, what: str, who: str = "", due: date | None = None) -> int:
        return self.real.promise(person, what, who, due)

    def settle(self, entry: int, outcome: str, remark: str = "") -> None:
        self.real.settle(entry, outcome, remark)

    def talked_about(self, entry: int) -> None:
        self.real.talked_about(entry)

    def erase(self, entry: int) -> None:
        self.real.erase(entry)


class RealMeetings(RealPeople):
    """Also of the meetings."""

    def team_names(self) -> tuple[str, ...]:
        return self.real.team_names()

    def meetings(self) -> tuple[Meeting, ...]:
        return self.real.meetings()

    def meeting(self, number: int, params: Mapping[str, str], lang: Language) -> MeetingView:
        return self.real.meeting(number, params, lang)

    def decisions(self, meeting: int | None = None) -> tuple[Decision, ...]:
        return self.real.decisions(meeting)

    def start_meeting(self, params: Mapping[str, str], title: str = "") -> int:
        return self.real.start_meeting(params, title)

    def decide(
        self,
        meeting: int,
        what: str,
        owner: str,
        due: date | None = None,
        kpi: str = "",
        change: float | None = None,
    ) -> int:
        return self.real.decide(meeting, what, owner, due, kpi, change)

    def settle_decision(self, decision: int, outcome: str, remark: str = "") -> None:
        self.real.settle_decision(decision, outcome, remark)
