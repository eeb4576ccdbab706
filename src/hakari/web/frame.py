"""What surrounds every page: the rail, the scope bar, freshness, notices and the ways out to files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Protocol
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from hakari.planning.capacity_answers import OWN
from hakari.planning.plan_answers import PARAMETERS
from hakari.planning.scorecard import Freshness, Scope
from hakari.web import periods
from hakari.web.address import Address
from hakari.web.company import Profile
from hakari.web.figures import MONEY_UNITS, Figures
from hakari.words import LANGUAGES, Language, say

AMBER, RED = timedelta(hours=6), timedelta(hours=24)
# A new page is one entry here; the key is also its word.
NAVIGATION = (("scorecard", "/scorecard"), ("plan", "/plan"), ("definitions", "/definitions"))
# These say of whom and when figures are; any other filter belongs to the page it was chosen on.
SHARED = ("team", "period", "vs", "basis", "lag", "asof", "unit", "mask", "lang", "theme")


class Framed(Protocol):
    """Any answer of the company that fills a page."""

    @property
    def company(self) -> str: ...
    @property
    def demo(self) -> bool: ...
    @property
    def scope(self) -> Scope: ...
    @property
    def period_label(self) -> str: ...
    @property
    def teams(self) -> tuple[str, ...]: ...
    @property
    def sources(self) -> tuple[str, ...]: ...
    @property
    def freshness(self) -> Freshness: ...
    @property
    def notices(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Link:
    words: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """One part of the scope: a select of (value, words), one chosen; `before` and `after` step through."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    before: Link | None = None
    after: Link | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A field of the scope bar for words; `hint` says what it looks in."""

    name: str
    label: str
    hint: str
    given: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """When the figures came in; `tone` is fresh, amber, red or none, and `warning` is for red alone."""

    tone: str
    words: str
    warning: str


@dataclass(frozen=True, slots=True)
class Frame:
    lang: Annotated[Language, "language of every word on the page"]
    theme: Annotated[str, "auto, light or dark"]
    title: Annotated[str, "what the browser tab says"]
    company: Annotated[str, "whose figures these are"]
    demo: Annotated[bool, "whether the company is the invented one"]
    home: Annotated[str, "URL of the scorecard in the same language"]
    navigation: Annotated[tuple[Link, ...], "the pages that exist"]
    sections: Annotated[tuple[Link, ...], "the blocks of this page"]
    controls: Annotated[tuple[Control, ...], "the scope bar; empty where a page has no scope"]
    kept: Annotated[tuple[tuple[str, str], ...], "parameters the scope form must not lose"]
    path: Annotated[str, "where the scope form goes"]
    fresh: Annotated[Fresh | None, "how old the figures are"]
    notices: Annotated[tuple[str, ...], "what the reader must know before the figures"]
    downloads: Annotated[tuple[Link, ...], "the same figures as files"]
    appearance: Annotated[
        tuple[tuple[str, tuple[Link, ...]], ...], "money unit, theme and language, each with links"
    ]
    languages: Annotated[tuple[Link, ...], "this page in the other language"]
    print_line: Annotated[str, "the scope in one line, for paper"]
    foot: Annotated[tuple[str, ...], "unit, period, basis and address, for paper"]
    search: Annotated[Search | None, "a field for words beside the controls"] = None


def frame(
    answer: Framed,
    address: Address,
    profile: Profile,
    now: datetime,
    title: str,
    unknown: Sequence[str] = (),
    sections: Sequence[Link] = (),
) -> Frame:
    """`unknown` are parameters that changed nothing: the reader is told, they are not dropped in silence."""
    lang, figures = address.lang, Figures.of(address)
    controls = _controls(answer, address, profile)
    fresh = _fresh(answer.freshness, now.astimezone(ZoneInfo(profile.zone)), figures)
    scope_line = " · ".join(f"{each.label} {_chosen_words(each)}" for each in controls)
    return Frame(
        lang=lang,
        theme=address["theme"],
        title=f"{title} · {answer.company}",
        company=answer.company,
        demo=answer.demo,
        home=_elsewhere(address, "/scorecard"),
        navigation=_navigation(address),
        sections=tuple(sections),
        controls=controls,
        kept=_kept(address, controls),
        path=address.path,
        fresh=fresh,
        notices=(
            *(say("unknown_parameter", lang, name=name) for name in unknown),
            *answer.notices,
            *([fresh.warning] if fresh.warning else []),
        ),
        downloads=_downloads(address),
        appearance=_appearance(address, figures),
        languages=_languages(address),
        print_line=scope_line,
        foot=_foot(answer, address, figures, scope_line),
    )


def shelf_frame(
    address: Address,
    profile: Profile,
    title: str,
    controls: Sequence[Control] = (),
    search: Search | None = None,
    notices: Sequence[str] = (),
    is_table: bool = True,
    more: Sequence[str] = (),
) -> Frame:
    """For pages that tell what figures mean and not what they are: filters in place of a scope.

    `more` are parameters that the page itself understands.
    """
    lang = address.lang
    filters, own = {control.name for control in controls}, [search.name] if search else []
    chosen = [f"{each.label} {_chosen_words(each)}" for each in controls if each.chosen]
    if search and search.given:
        chosen.insert(0, f"{search.label} {search.given}")
    return Frame(
        lang=lang,
        theme=address["theme"],
        title=f"{title} · {profile.name}" if profile.name else title,
        company=profile.name,
        demo=profile.demo,
        home=_elsewhere(address, "/scorecard"),
        navigation=_navigation(address),
        sections=(),
        controls=tuple(controls),
        kept=tuple((name, value) for name, value in address.given.items() if name in {*SHARED} - filters),
        path=address.path,
        fresh=None,
        notices=(*_unknown(address, {*SHARED, *filters, *more, *own}), *notices),
        downloads=_downloads(address) if is_table else (),
        appearance=_appearance(address, Figures.of(address)),
        languages=_languages(address),
        print_line=" · ".join((title, *chosen)),
        foot=(unquote(address.to()),),
        search=search,
    )


def _unknown(address: Address, used: set[str]) -> list[str]:
    return [say("unknown_parameter", address.lang, name=name) for name in address.given if name not in used]


def bare_frame(address: Address, title: str, company: str) -> Frame:
    """For pages without figures, such as a refusal."""
    return Frame(
        lang=address.lang,
        theme=address["theme"],
        title=title,
        company=company,
        demo=False,
        home=Address("/scorecard", {}, address.defaults).to(lang=address.lang),
        navigation=_navigation(Address("", {}, address.defaults), address.lang),
        sections=(),
        controls=(),
        kept=(),
        path=address.path,
        fresh=None,
        notices=(),
        downloads=(),
        appearance=(),
        languages=(),
        print_line="",
        foot=(),
    )


def _navigation(address: Address, lang: Language | None = None) -> tuple[Link, ...]:
    said = lang or address.lang
    return tuple(
        Link(say(key, said), _elsewhere(address, path, said), _stands_under(address.path, path))
        for key, path in NAVIGATION
    )


def _stands_under(path: str, page: str) -> bool:
    return path == page or path.startswith(f"{page}/")


def _elsewhere(address: Address, path: str, lang: Language | None = None) -> str:
    """Another page in the same scope: what names a place or a filter within this one means nothing there.

    Between pages of figures the filters stay, since they narrow the same records.
    """
    figures = not any(_stands_under(each, "/definitions") for each in (address.path, path))
    kept = {
        name: value
        for name, value in address.given.items()
        if name in SHARED or (figures and name not in _WITHIN_PAGE)
    }
    return Address(path, kept, address.defaults).to(lang=lang or address.lang)


_WITHIN_PAGE = PARAMETERS | OWN | frozenset({"view", "door", "by", "of", "page"})


def _downloads(address: Address) -> tuple[Link, ...]:
    return tuple(
        Link(suffix, address.to(f"{address.path}.{suffix}")) for suffix in ("xlsx", "csv", "md", "json")
    )


def _controls(answer: Framed, address: Address, profile: Profile) -> tuple[Control, ...]:
    lang, scope = address.lang, answer.scope
    bases = tuple((name, say(key, lang)) for name, key in _BASES)
    lags = tuple((name, say(f"lag_{name}", lang)) for name in ("on", "off"))
    comparisons = tuple((name, say(f"vs_{name}", lang)) for name in ("plan", "prev", "yoy", "none"))
    controls = [
        _team(answer, address),
        _period(answer, address, profile),
        Control("vs", say("scope_vs", lang), comparisons, scope.vs),
        Control("basis", say("date_basis", lang), bases, scope.basis or "own"),
        Control("lag", say("lag_adjusted", lang), lags, "on" if scope.lag else "off"),
    ]
    if answer.sources or address["source"]:
        controls.append(_source(answer, address))
    return tuple(controls)


_BASES = (
    ("own", "own_basis"),
    ("event", "event_basis"),
    ("created", "created_cohort"),
    ("close", "close_basis"),
)


def _team(answer: Framed, address: Address) -> Control:
    lang = address.lang
    names = ["all", *answer.teams]
    chosen = answer.scope.team or "all"
    place = names.index(chosen) if chosen in names else 0
    options = (("all", say("whole_company", lang)), *((team, team) for team in answer.teams))
    return Control(
        "team",
        say("scope_team", lang),
        options if chosen in names else (*options, (chosen, chosen)),
        chosen,
        _step(say("team_previous", lang), address, team=names[place - 1]) if place else None,
        _step(say("team_next", lang), address, team=names[place + 1]) if place + 1 < len(names) else None,
    )


def _period(answer: Framed, address: Address, profile: Profile) -> Control:
    lang, today, start_month = address.lang, answer.scope.today, profile.fiscal_start_month
    options = tuple(periods.offered(address["period"], answer.period_label, today, start_month, lang))
    steps = [periods.neighbour(answer.scope.period, step, today, start_month) for step in (-1, 1)]
    before, after = (
        _step(say(key, lang), address, period=period) if period else None
        for key, period in zip(("period_previous", "period_next"), steps, strict=True)
    )
    return Control("period", say("scope_period", lang), options, address["period"], before, after)


def _source(answer: Framed, address: Address) -> Control:
    chosen = address["source"]
    options = [("", say("everything", address.lang)), *((name, name) for name in answer.sources)]
    if chosen and chosen not in answer.sources:
        options.append((chosen, chosen.replace(",", ", ")))
    return Control("source", say("source", address.lang), tuple(options), chosen)


def _step(words: str, address: Address, **change: str) -> Link:
    return Link(words, address.to(**change, page=None))


def _kept(address: Address, controls: Sequence[Control]) -> tuple[tuple[str, str], ...]:
    in_form = {control.name for control in controls} | {"page"}
    return tuple((name, value) for name, value in address.given.items() if name not in in_form)


def _chosen_words(control: Control) -> str:
    return dict(control.options).get(control.chosen, control.chosen)


def _fresh(freshness: Freshness, now: datetime, figures: Figures) -> Fresh:
    lang = figures.lang
    if freshness.last_import is None:
        return Fresh("none", say("never_imported", lang), "")
    moment = freshness.last_import.astimezone(now.tzinfo)
    age = now - moment
    tone = "red" if age > RED else "amber" if age > AMBER else "fresh"
    when = figures.instant(moment, now.date())
    words = say("updated_at", lang, when=when)
    if freshness.rejected:
        words += " · " + say("rejected_rows", lang, n=freshness.rejected)
    return Fresh(tone, words, say("stale_figures", lang, when=when) if tone == "red" else "")


def _appearance(address: Address, figures: Figures) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    lang = figures.lang
    units = tuple(
        Link(Figures(lang, unit).money_name, address.to(unit=unit), unit == figures.money)
        for unit in MONEY_UNITS
    )
    themes = tuple(
        Link(say(f"theme_{theme}", lang), address.to(theme=theme), theme == address["theme"])
        for theme in ("auto", "light", "dark")
    )
    return (say("money_unit", lang), units), (say("theme", lang), themes)


def _languages(address: Address) -> tuple[Link, ...]:
    return tuple(
        Link(say("language_name", lang), address.to(lang=lang), lang == address.lang) for lang in LANGUAGES
    )


def _foot(answer: Framed, address: Address, figures: Figures, scope_line: str) -> tuple[str, ...]:
    as_of: date | datetime = answer.scope.as_of or answer.scope.today
    day = as_of.date() if isinstance(as_of, datetime) else as_of
    return (
        say("unit_of_money", figures.lang, unit=figures.money_name),
        scope_line,
        say("state_at", figures.lang, when=figures.day(day)),
        unquote(address.to()),
    )
