"""One row is one time one person watched one video."""

from __future__ import annotations

from hakari.canonical.schema import instant, integer, ref, share, table, text

TABLE = table(
    __doc__,
    "video_view",
    "動画の閲覧",
    "Video view",
    ref("video", "content_asset"),
    text("visitor", personal=True),
    ref("lead"),
    ref("contact"),
    ref("account"),
    ref("campaign"),
    ref("owner", "person"),
    instant("at"),
    integer("seconds"),
    share("watched"),
    occurred="at",
)
