"""The hand-made company's gap: a funnel of six factors, one of them the bottleneck, and why it fell."""

from __future__ import annotations

from hakari.maths.driver_noise import Average, Counted, Drawn, Known, Part, Share, bottleneck, parts
from hakari.planning.gap_view import Evidence, Factor, GapSplit, GapTree, Remedy, SplitRow
from hakari.units.period import Period
from hakari.words import Language

MILLION = 1_000_000
# key, names, unit, the measure, count, its plan, value's n, and the target.
_STEPS = (
    ("calls", ("コール数", "Calls"), "count", "call_count", 5630, 5274, None, 5274),
    ("connects", ("コネクト率", "Connect rate"), "percent", "connect_rate", 1864, 1688, 5630, 0.32),
    ("meetings", ("商談化率", "Meeting rate"), "percent", "meeting_rate", 265, 304, 1864, 0.18),
    ("qualified", ("有効商談率", "Qualification rate"), "percent", "qualified_rate", 173, 188, 265, 0.62),
    ("won", ("受注率", "Win rate"), "percent", "win_rate", 51, 57, 173, 0.30),
    ("amount", ("平均受注単価", "Average deal size"), "jpy", "avg_deal_size", 118.2e6, 135.6e6, 51, 2.4e6),
)


def tree(lang: Language, period: Period) -> GapTree:
    after: list[Drawn] = [Counted(5630)]
    after += [Share(count, n or 0) for *_, count, _plan, n, _ in _STEPS[1:5]]
    after.append(Average(118.2e6 / 51, 0.13e6))
    before: list[Drawn] = [Known(step[-1]) for step in _STEPS[:-1]]
    plan = 1.0
    for one in before:
        plan *= one.value
    before.append(Known(135.6e6 / plan))
    found = parts(before, after, seed=1)
    place = bottleneck(found)
    factors = [_factor(step, part, lang) for step, part in zip(_STEPS, found, strict=True)]
    return GapTree(
        "won_amount", "受注額" if lang == "ja" else "Won amount", "jpy", 118.2e6, 135.6e6, "plan",
        period, period,
        tuple(reversed(factors)), None, (), None if place is None else _STEPS[place][0],
    )  # fmt: skip


def _factor(
    step: tuple[str, tuple[str, str], str, str, float, float, int | None, float], part: Part, lang: Language
) -> Factor:
    key, names, unit, measure, count, plan, n, target = step
    name = names[0] if lang == "ja" else names[1]
    value = count if n is None else count / n
    return Factor(
        key,
        name,
        f"{name} ÷ …" if n else name,
        measure,
        unit,
        name,
        count,
        plan,
        n,
        value,
        target,
        "target",
        part,
    )


def split(found: GapTree, by: str, lang: Language) -> GapSplit:
    """The meeting rate by source: two reliable falls, one segment with few cases."""
    ja = lang == "ja"
    rows = (
        _row("問い合わせ", 240, 270, 78, 124, (-20.6, -18.0, -23.0), (-1.0, -2.0, 0.2)),
        _row("展示会", 320, 150, 16, 12, (-2.1, -5.0, 1.0), (-8.5, -12.0, -4.0)),
        _row("紹介", 8, 6, 3, 3, (0.3, -1.0, 1.5), (0.1, -0.5, 0.6)),
    )
    rate, mix = (
        sum(part.value for part in some) for some in zip(*((r.rate, r.mix) for r in rows), strict=True)
    )
    choices = (("source", "経路" if ja else "Source"), ("owner", "担当者" if ja else "Rep"))
    return GapSplit(
        "meetings", by, dict(choices)[by], choices, rows, rate + mix,
        Part(rate, rate - 1, rate + 1, 1.0, 0.0), Part(mix, mix - 1, mix + 1, 1.0, 0.0), "prev", found.period,
    )  # fmt: skip


def _row(
    name: str, base: int, before: int, top: int, top_before: int,
    rate: tuple[float, float, float], mix: tuple[float, float, float],
) -> SplitRow:  # fmt: skip
    one, other = (
        Part(value * MILLION, min(ends) * MILLION, max(ends) * MILLION, 0.9, 0.1)
        for value, *ends in (rate, mix)
    )
    return SplitRow(
        name, name, base, before, base / 568, before / 426, top, top / base, top_before / before,
        top / base - 0.05, top / base + 0.05, one, other,
    )  # fmt: skip


def remedies(lang: Language) -> tuple[Remedy, ...]:
    ja = lang == "ja"
    fast, slow = (
        ("5分以内のコール", "それより遅いコール") if ja else ("called within 5 minutes", "called later")
    )
    found = Evidence("…", (61, 138), (17, 102), fast, slow, 61 / 138 - 17 / 102, 0.16, 0.38)
    few = Evidence("…", (3, 8), (4, 9), fast, slow, -0.07, -0.5, 0.4)
    return (
        Remedy("approach", "アプローチの方法" if ja else "Way of approaching", found, ""),
        Remedy("list", "リストの質" if ja else "Quality of the list", few, ""),
        Remedy(
            "script",
            "トークスクリプト" if ja else "Script",
            None,
            "手がかりになる記録がない" if ja else "Nothing",
        ),
    )
