"""What the smaller tactics leave on the site and in the mail tool: scenario mails, returns, video views."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hakari.sources.demo.audience import mail_events
from hakari.sources.demo.columns import DAY, NONE, SECOND, Bools, Column, Ints, Serial, Words, ints, take
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.findability import videos
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.names import PAGES, VISIT_SOURCES
from hakari.sources.demo.side_members import Reached
from hakari.sources.demo.side_scene import Scene
from hakari.sources.demo.timeline import BUSINESS_DAY

_LATELY = 300  # leads: a scenario follows what somebody did not long ago
_STRANGERS = 900_000  # the first number of visitors whom nobody knows
_SEARCH, _DISPLAY, _DIRECT, _OTHER = 0, 1, 3, 5  # places in VISIT_SOURCES
_MASS_DAYS = 40


def scenario_mails(scene: Scene, first_key: int) -> Frame:
    """Each goes to a lead of late, from one of the scenarios set up by then."""
    block, draws = scene.block, scene.block.draws("scenario mails")
    place = np.sort(scene.monthly(draws, scene.side.scenario_mails))
    sent_at = block.timeline.moment(place)
    lead, here = scene.earlier_leads(draws, sent_at, _LATELY)
    begun = np.searchsorted([one.opens for one in scene.campaigns.scenarios], place[here], side="right")
    keys = ints([one.key for one in scene.campaigns.scenarios])
    some = begun > 0
    chosen = draws.below(np.maximum(begun, 1), len(begun))[some]
    frame = mail_events(
        block, scene.leads, lead[some], keys[chosen], sent_at[here][some], "scenario mail events"
    )
    return replace(frame, first_key=first_key)


def side_site_visits(scene: Scene, reached: Reached, first_key: int) -> Frame:
    """Returns through retargeting, companies that were written to, and people who saw a mass campaign."""
    block, draws = scene.block, scene.block.draws("side site visits")
    parts = [
        _returns(scene, draws),
        _written_to(scene, draws, reached),
        _drawn_by_mass(scene, draws),
        _to_papers(scene, draws),
    ]
    rows = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(rows["at"], kind="stable")
    order = order[: int(np.searchsorted(rows["at"][order], block.timeline.now_moment, side="right"))]
    rows = {name: values[order] for name, values in rows.items()}
    size, converted = len(order), rows["converted"] == 1
    pages = 1 + draws.waits(2.0, size) + converted
    form = converted | draws.happens(scene.side.forms_reached, size)
    columns: dict[str, Column] = {
        **{name: rows[name] for name in ("account", "contact", "lead", "campaign", "at", "converted")},
        "visitor": Serial("v", np.where(rows["lead"] == NONE, _stranger(block.number, size), rows["lead"])),
        "source": Words(rows["source"], VISIT_SOURCES),
        "landing_page": Words(draws.below(len(PAGES), size), PAGES),
        "page_views": pages,
        "seconds": pages * (20 + draws.below(70, size)),
        "key_page_reached": (converted | (draws.happens(0.2, size) & (pages > 1))).astype(np.int64),
        "form_reached": form.astype(np.int64),
    }
    return Frame("web_visit", first_key, rows["at"], columns)


def _stranger(block: int, size: int) -> Ints:
    return _STRANGERS + block * 100_000 + np.arange(size)


def _visit(at: Ints, source: int, **given: Ints | Bools) -> dict[str, Ints]:
    size = len(at)
    names = ("account", "contact", "lead", "campaign", "converted")
    blank = {name: np.full(size, 0 if name == "converted" else NONE) for name in names}
    found = {name: given.get(name, column).astype(np.int64) for name, column in blank.items()}
    return found | {"at": at, "source": np.full(size, source)}


def _returns(scene: Scene, draws: Draws) -> dict[str, Ints]:
    block, found = scene.block, scene.leads
    place = scene.monthly(draws, scene.side.revisits)
    at = block.timeline.moment(place)
    lead, here = scene.earlier_leads(draws, at)
    day = place[here] // BUSINESS_DAY
    return _visit(
        at[here],
        _DISPLAY,
        account=block.keys("account", found.account[lead]),
        contact=block.keys("contact", found.contact[lead]),
        lead=block.keys("lead", lead),
        campaign=block.company.campaigns.at("remarketing", day),
        converted=draws.happens(scene.side.reconverts, len(lead)),
    )


def _written_to(scene: Scene, draws: Draws, reached: Reached) -> dict[str, Ints]:
    """Within days of the message, somebody looks who we are."""
    rows = reached.forms[draws.happens(scene.side.form_visits, len(reached.forms))]
    some = {
        name: np.asarray(take(reached.frame.columns[name], rows), np.int64)
        for name in ("account", "campaign", "at")
    }
    at = some["at"] + (600 + draws.waits(60_000, len(rows))) * SECOND
    return _visit(at, _DIRECT, account=some["account"], campaign=some["campaign"])


def _drawn_by_mass(scene: Scene, draws: Draws) -> dict[str, Ints]:
    key, place = scene.spread(draws, scene.campaigns.of("mass_ad"), scene.side.mass_visits, _MASS_DAYS)
    return _visit(scene.block.timeline.moment(place), _OTHER, campaign=key)


def _to_papers(scene: Scene, draws: Draws) -> dict[str, Ints]:
    place = scene.monthly(draws, scene.side.paper_visits)
    campaign = scene.block.company.campaigns.at("whitepaper", place // BUSINESS_DAY)
    return _visit(scene.block.timeline.moment(place), _SEARCH, campaign=campaign)


def video_views(scene: Scene, first_key: int) -> Frame:
    """Leads, and some people nobody knows, watch a video that is out; many stop before its end."""
    block, draws, found = scene.block, scene.block.draws("video views"), scene.leads
    key, day_out, length = videos(block.company)
    at = np.sort(block.timeline.moment(scene.monthly(draws, scene.side.video_views)))
    lead, here = scene.earlier_leads(draws, at)
    at = at[here]
    out = np.searchsorted(day_out * DAY, at, side="right")
    lead, at, out = lead[out > 0], at[out > 0], out[out > 0]
    size = len(at)
    video = draws.below(out, size)
    known = draws.happens(scene.side.known_viewers, size)
    watched = np.minimum(1.0, np.round(draws.chance(size).astype(np.float64) ** 0.6 * 1.1, 2))
    stranger = _stranger(block.number, size)
    columns: dict[str, Column] = {
        "video": key[video],
        "visitor": Serial("v", np.where(known, block.keys("lead", lead), stranger)),
        "lead": np.where(known, block.keys("lead", lead), NONE),
        "contact": np.where(known, block.keys("contact", found.contact[lead]), NONE),
        "account": np.where(known, block.keys("account", found.account[lead]), NONE),
        "owner": np.where(known, block.people(found.owner[lead]), NONE),
        "at": at,
        "seconds": (watched * length[video]).astype(np.int64),
        "watched": watched,
    }
    return Frame("video_view", first_key, at, columns)
