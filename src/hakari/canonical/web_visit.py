"""One row is one visit of one visitor to our website or lead-generation site."""

from __future__ import annotations

from hakari.canonical.schema import flag, instant, integer, ref, table, text

TABLE = table(
    __doc__,
    "web_visit",
    "サイト訪問",
    "Web visit",
    text("visitor", personal=True),
    ref("account"),
    ref("contact"),
    ref("lead"),
    ref("campaign"),
    instant("at"),
    text("source"),
    text("landing_page"),
    integer("page_views"),
    integer("seconds"),
    flag("key_page_reached"),
    flag("form_reached"),
    flag("converted"),
    occurred="at",
)
