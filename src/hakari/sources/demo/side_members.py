"""Who the smaller campaigns reached: written to, surveyed, on a phone list, at a study meeting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hakari.sources.demo.columns import DAY, NONE, SECOND, Column, Floats, Ints, ints
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.frame import Frame, Version
from hakari.sources.demo.roster import UNITS
from hakari.sources.demo.side_scene import Scene
from hakari.sources.demo.side_truth import Side
from hakari.sources.demo.timeline import BUSINESS_DAY

_FORM, _LETTER, _NEWSLETTER, _PHONE, _SURVEY, _STUDY = range(6)
_HOUR = 3600 * SECOND
_TWO_O_CLOCK = 5 * 3600  # seconds after opening
_INVITED = 15  # business days before the meeting
_NAMES = ("what", "campaign", "lead", "contact", "account", "owner", "at", "applied_at", "held_at")
_Part = dict[str, Ints]


@dataclass(frozen=True, slots=True)
class Reached:
    """`forms` are the rows of the companies written to through their web form."""

    frame: Frame
    forms: Ints


def side_members(scene: Scene, first_key: int) -> Reached:
    block, side, of = scene.block, scene.side, scene.campaigns.of
    draws = block.draws("side members")
    parts = [
        _companies(scene, draws, _FORM, scene.spread(draws, of("inquiry_outreach"), side.forms, 40)),
        _companies(scene, draws, _LETTER, scene.spread(draws, of("dm"), side.letters, 5)),
        _leads(scene, draws, _NEWSLETTER, scene.spread(draws, of("newsletter"), side.newsletters, 3)),
        _leads(scene, draws, _PHONE, scene.spread(draws, of("telemarketing"), side.phone_list, 1)),
        _leads(scene, draws, _SURVEY, scene.spread(draws, of("survey"), side.surveys, 2)),
        _seats(scene, draws),
    ]
    rows = {name: np.concatenate([part[name] for part in parts]) for name in _NAMES}
    order = np.argsort(rows["at"], kind="stable")
    rows = {name: values[order] for name, values in rows.items()}
    what, held_at = rows.pop("what"), rows.pop("held_at")
    columns: dict[str, Column] = dict(rows)
    courses = _courses(draws, side, what, rows["at"], held_at)
    frame = Frame("campaign_member", first_key, rows["at"], columns, courses)
    return Reached(frame.known_at(block.timeline.now_moment), np.flatnonzero(what == _FORM))


def _part(what: int, at: Ints, **given: Ints) -> _Part:
    size = len(at)
    found = {name: given.get(name, np.full(size, NONE)) for name in _NAMES}
    return found | {"what": np.full(size, what), "at": at}


def _companies(scene: Scene, draws: Draws, what: int, when: tuple[Ints, Ints]) -> _Part:
    """Companies that are no leads, each written to by somebody who opens new accounts."""
    block, (key, place) = scene.block, when
    unit = 1 + draws.below(UNITS, len(key))
    account = scene.market.company(draws, unit)
    return _part(
        what,
        block.timeline.moment(place),
        campaign=key,
        contact=block.keys("contact", scene.market.someone(draws, account)),
        account=block.keys("account", account),
        owner=block.people(block.roster.pick(draws, "bdr", unit, place // BUSINESS_DAY)),
    )


def _leads(scene: Scene, draws: Draws, what: int, when: tuple[Ints, Ints]) -> _Part:
    at = scene.block.timeline.moment(when[1])
    lead, here = scene.earlier_leads(draws, at)
    return _part(what, at[here], campaign=when[0][here], **_people(scene, lead))


def _people(scene: Scene, lead: Ints) -> _Part:
    block, found = scene.block, scene.leads
    return {
        "lead": block.keys("lead", lead),
        "contact": block.keys("contact", found.contact[lead]),
        "account": block.keys("account", found.account[lead]),
        "owner": block.people(found.owner[lead]),
    }


def _seats(scene: Scene, draws: Draws) -> _Part:
    """Existing leads sign up in the weeks before a study meeting."""
    timeline = scene.block.timeline
    meetings = [one for one in scene.campaigns.of("seminar") if one.opens >= (_INVITED + 1) * BUSINESS_DAY]
    counts = draws.counts(np.full(len(meetings), scene.side.study_seats * scene.block.volume))
    opens = np.repeat(ints([one.opens for one in meetings]), counts)
    before = BUSINESS_DAY * (1 + draws.below(_INVITED, len(opens)))
    at = timeline.moment(opens - before + draws.below(BUSINESS_DAY, len(opens)))
    lead, here = scene.earlier_leads(draws, at)
    key = np.repeat(ints([one.key for one in meetings]), counts)
    return _part(
        _STUDY,
        at[here],
        campaign=key[here],
        applied_at=at[here],
        held_at=timeline.moment(opens[here] + _TWO_O_CLOCK),
        **_people(scene, lead),
    )


def _courses(draws: Draws, side: Side, what: Ints, at: Ints, held_at: Ints) -> tuple[Version, ...]:
    """Who answered, and who came."""
    size = len(what)
    answers = {_FORM: side.form_answers, _LETTER: side.letter_answers, _NEWSLETTER: side.newsletter_answers}
    wrote_back = draws.happens(_rates(answers, what), size)
    surveyed = draws.happens(_rates({_SURVEY: side.survey_answers}, what), size)
    came = draws.happens(_rates({_STUDY: side.study_attends}, what), size)
    said = came & draws.happens(side.study_answers, size)
    useful = draws.happens(side.study_useful, size).astype(np.int64)
    later = at + (1 + draws.below(18, size)) * DAY
    soon = at + (1 + draws.below(5, size)) * DAY
    yes = np.ones(size, np.int64)
    return (
        Version(later, wrote_back, {"responded": yes, "responded_at": later}),
        Version(soon, surveyed, {"answered_at": soon}),
        Version(held_at, came, {"attended_at": held_at}),
        Version(held_at + 2 * _HOUR, said, {"answered_at": held_at + 2 * _HOUR, "valid_answer": useful}),
    )


def _rates(by_kind: dict[int, float], what: Ints) -> Floats:
    rates: Floats = np.asarray([by_kind.get(kind, 0.0) for kind in range(_STUDY + 1)])[what]
    return rates
