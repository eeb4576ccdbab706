"""The gap explained as rows and as an object: the tree, one factor by segment, and the evidence."""

from __future__ import annotations

from typing import Any

from hakari.maths.driver_noise import LEVEL, Part
from hakari.planning.gap_view import Factor, Gap, GapSplit, GapTree, Remedy, SplitRow
from hakari.planning.scorecard import Scope
from hakari.report.rows import Row


def gap_rows(gap: Gap, scope: Scope) -> list[Row]:
    """The goal's gap, its factors in the order of the tree, the segments of one of them, the evidence.

    Contributions of the factors and of `rest` add up to the goal's difference, those of the segments to
    their total.
    """
    if gap.tree is None:
        return []
    tree = gap.tree
    rows = [_goal(tree, scope)]
    rows += [_factor(one, tree, scope) for one in tree.factors]
    if tree.rest is not None:
        rest = {"factor": "rest", "note": ", ".join(tree.rest_names) or None}
        rows.append(_blank("gap_rest", tree, scope) | rest | _part(tree.rest))
    if gap.split is not None:
        rows += [_segment(one, gap.split, tree, scope) for one in gap.split.rows]
        rows.append(_segment_total(gap.split, tree, scope))
    return rows + [_remedy(one, tree, scope) for one in gap.remedies]


def gap_object(gap: Gap) -> dict[str, Any] | None:
    """None where there is no gap to split."""
    tree, split = gap.tree, gap.split
    if tree is None:
        return None
    return {
        "measure": tree.measure,
        "unit": tree.unit,
        "actual": tree.actual,
        "comparison": tree.base,
        "difference": tree.gap,
        "vs": tree.vs,
        "compared_from": tree.compared.start,
        "compared_to": tree.compared.last_day,
        "bottleneck": tree.bottleneck,
        "clock": "what happened in the period; rates are quotients of two such counts",
        "factors": [_factor_object(one) for one in tree.factors],
        "rest": None if tree.rest is None else {"of": list(tree.rest_names), **_part_object(tree.rest)},
        "split": None if split is None else _split_object(split),
        "evidence": [_evidence_object(one) for one in gap.remedies],
    }


def _factor_object(one: Factor) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "formula": one.formula,
        "measure": one.measure,
        "unit": one.unit,
        "value": one.value,
        "comparison": one.base,
        "comparison_from": one.source or None,
        "stage": one.stage,
        "count": one.count,
        "count_comparison": one.count_base,
        "contribution": None if one.part is None else _part_object(one.part),
    }


def _part_object(part: Part) -> dict[str, Any]:
    interval = {"low": part.low, "high": part.high, "level": LEVEL}
    return {"value": part.value, "interval": interval, "within_noise": part.pale}


def _split_object(split: GapSplit) -> dict[str, Any]:
    return {
        "factor": split.factor,
        "by": split.by,
        "vs": split.vs,
        "compared_from": split.compared.start,
        "compared_to": split.compared.last_day,
        "total": split.total,
        "rate_effect": _part_object(split.rate),
        "mix_effect": _part_object(split.mix),
        "segments": [
            {
                "name": one.name,
                "numerator": one.top,
                "denominator": one.base,
                "denominator_before": one.base_before,
                "share": one.share,
                "share_before": one.share_before,
                "value": one.value,
                "value_before": one.value_before,
                "rate_effect": _part_object(one.rate),
                "mix_effect": _part_object(one.mix),
            }
            for one in split.rows
        ],
    }


def _evidence_object(one: Remedy) -> dict[str, Any]:
    found = one.evidence
    said: dict[str, Any] = {
        "remedy": one.key,
        "name": one.name,
        "says": found.sentence if found else one.words,
    }
    if found is None:
        return said | {"difference": None}
    return said | {
        "first": {"name": found.first_name, "numerator": found.first[0], "denominator": found.first[1]},
        "second": {"name": found.second_name, "numerator": found.second[0], "denominator": found.second[1]},
        "difference": found.difference,
        "interval": {"low": found.low, "high": found.high},
        "within_noise": found.pale,
    }


def _blank(block: str, tree: GapTree, scope: Scope) -> Row:
    return {
        "block": block,
        "team": scope.team,
        "factor": None,
        "segment": None,
        "measure": None,
        "name": None,
        "unit": None,
        "value": None,
        "vs": tree.vs,
        "comparison": None,
        "comparison_from": None,
        "difference": None,
        "numerator": None,
        "denominator": None,
        "contribution": None,
        "contribution_low": None,
        "contribution_high": None,
        "within_noise": None,
        "rate_effect": None,
        "mix_effect": None,
        "bottleneck": None,
        "period_from": scope.period.start,
        "period_to": scope.period.last_day,
        "compared_from": tree.compared.start,
        "compared_to": tree.compared.last_day,
        "note": None,
    }


def _part(part: Part | None) -> Row:
    if part is None:
        return {}
    return {
        "contribution": part.value,
        "contribution_low": part.low,
        "contribution_high": part.high,
        "within_noise": part.pale,
    }


def _goal(tree: GapTree, scope: Scope) -> Row:
    return _blank("gap", tree, scope) | {
        "measure": tree.measure,
        "name": tree.name,
        "unit": tree.unit,
        "value": tree.actual,
        "comparison": tree.base,
        "difference": tree.gap,
        "contribution": tree.gap,
    }


def _factor(one: Factor, tree: GapTree, scope: Scope) -> Row:
    return (
        _blank("gap_factor", tree, scope)
        | {
            "factor": one.key,
            "measure": one.measure,
            "name": one.name,
            "unit": one.unit,
            "value": one.value,
            "comparison": one.base,
            "comparison_from": one.source or None,
            "difference": one.difference,
            "bottleneck": one.key == tree.bottleneck,
            "note": one.formula,
        }
        | _part(one.part)
    )


def _segment(one: SplitRow, split: GapSplit, tree: GapTree, scope: Scope) -> Row:
    factor = tree.factor(split.factor)
    known = one.value is not None and one.value_before is not None
    return _blank("gap_segment", tree, scope) | {
        "factor": split.factor,
        "segment": one.name,
        "name": factor.name if factor else None,
        "unit": factor.unit if factor else None,
        "value": one.value,
        "vs": split.vs,
        "comparison": one.value_before,
        "difference": (one.value or 0) - (one.value_before or 0) if known else None,
        "numerator": one.top,
        "denominator": one.base,
        "contribution": one.total,
        "within_noise": one.rate.pale and one.mix.pale,
        "rate_effect": one.rate.value,
        "mix_effect": one.mix.value,
        "compared_from": split.compared.start,
        "compared_to": split.compared.last_day,
    }


def _segment_total(split: GapSplit, tree: GapTree, scope: Scope) -> Row:
    return _blank("gap_segment_total", tree, scope) | {
        "factor": split.factor,
        "vs": split.vs,
        "contribution": split.total,
        "rate_effect": split.rate.value,
        "mix_effect": split.mix.value,
        "compared_from": split.compared.start,
        "compared_to": split.compared.last_day,
    }


def _remedy(one: Remedy, tree: GapTree, scope: Scope) -> Row:
    row = _blank("gap_evidence", tree, scope) | {
        "factor": one.key,
        "name": one.name,
        "note": one.words or None,
    }
    found = one.evidence
    if found is None:
        return row
    return row | {
        "note": found.sentence,
        "unit": "percent",
        "value": found.first[0] / found.first[1],
        "comparison": found.second[0] / found.second[1],
        "difference": found.difference,
        "numerator": found.first[0],
        "denominator": found.first[1],
        "within_noise": found.pale,
    }
