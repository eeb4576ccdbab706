"""The company's smaller tactics, beside the story that leads, calls and deals tell.

They come after the records of the story and change none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hakari.sources.demo.block import Company
from hakari.sources.demo.findability import (
    contents,
    follower_frame,
    point_frame,
    reference_frame,
    search_frames,
)
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.side_audience import scenario_mails, side_site_visits, video_views
from hakari.sources.demo.side_campaigns import SideCampaigns
from hakari.sources.demo.side_leads import side_leads, side_visits
from hakari.sources.demo.side_members import side_members
from hakari.sources.demo.side_scene import Scene
from hakari.sources.demo.side_truth import SIDE
from hakari.sources.demo.target_leads import target_lead_frame


def shared_frames(company: Company, campaigns: SideCampaigns, taken: Mapping[str, int]) -> Iterator[Frame]:
    """What all blocks share."""
    yield campaigns.frame()
    yield from contents(company, campaigns, taken["content_asset"] + 1)
    yield campaigns.spend(taken["ad_spend"] + 1)
    yield from search_frames(company, campaigns, SIDE)
    yield follower_frame(company)
    yield point_frame(company)


def block_frames(scene: Scene, taken: Mapping[str, int]) -> Iterator[Frame]:
    """What they leave in one block; `taken` counts the keys given out by the end of its story."""

    def after(table: str) -> int:
        return taken.get(table, 0) + 1

    yield side_leads(scene, after("lead"))
    yield target_lead_frame(scene.story, after("lead"))
    yield side_visits(scene, after("activity"))
    reached = side_members(scene, after("campaign_member"))
    yield reached.frame
    yield scenario_mails(scene, after("mail_event"))
    yield side_site_visits(scene, reached, after("web_visit"))
    yield video_views(scene, after("video_view"))
    yield reference_frame(scene, after("selling_point"))
