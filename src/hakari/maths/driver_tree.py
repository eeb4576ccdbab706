"""How much of a change each factor of a product made: the parts add up to the change, whatever the order.

    V = Σ over segments of Π over factors, as in: won amount = calls × connect rate × … × price

Additive LMDI-I (Ang 2015): a factor's part is L(V₁, V₀) · ln(x₁ / x₀) with the logarithmic mean
L(a, b) = (a − b) / (ln a − ln b), L(a, a) = a. Where a product comes from or goes to nothing, the limits of
Wood and Lenzen (2006) hold: the whole change belongs to the factors that were nothing, in equal shares. No
small number stands in for zero. The logarithm forbids negative factors, such as a margin: `shapley` splits
these, at 2ⁿ products instead of n.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hakari.errors import ImpossibleSampleError

Floats = NDArray[np.float64]

MOST_SHAPLEY_FACTORS = 16


def log_mean(a: ArrayLike, b: ArrayLike) -> Floats:
    """The logarithmic mean, element by element; 0 where either is 0."""
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    high, low = np.maximum(first, second), np.minimum(first, second)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (high - low) / low
        # log1p keeps its digits where the two lie close together.
        mean = np.where(share > 0, (high - low) / np.log1p(share), high)
    return np.where(low > 0, mean, 0.0)


def lmdi(before: ArrayLike, after: ArrayLike) -> Floats:
    """The part of each factor in the change of a product.

    The last axis holds the factors; any axes before it hold segments, or draws, each a product of its own.
    A result has the same shape, and along its last axis adds up to Π after − Π before.
    """
    old, new = _factors(before, after)
    old_product, new_product = old.prod(axis=-1, keepdims=True), new.prod(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where((old > 0) & (new > 0), np.log(new) - np.log(old), 0.0)
    plain = log_mean(new_product, old_product) * logs
    # Only one of the two products can be 0 where they differ: its zeros share the whole change.
    nothing = np.where(old_product == 0, old == 0, new == 0)
    share = nothing / np.maximum(nothing.sum(axis=-1, keepdims=True), 1)
    limit = (new_product - old_product) * share
    return np.where((old_product > 0) & (new_product > 0), plain, limit)


def shapley(before: ArrayLike, after: ArrayLike) -> Floats:
    """The mean over all orders of changing one factor after the other: factors may be negative.

    Takes (factors,) or (segments, factors) and gives the same shape.
    """
    old, new = _same_shape(before, after)
    count = old.shape[-1]
    if count > MOST_SHAPLEY_FACTORS:
        raise ImpossibleSampleError(
            f"{count} factors have {2**count:,} combinations.",
            f"Split at most {MOST_SHAPLEY_FACTORS} at once, or use factors that are not negative.",
        )
    changed = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    products = np.where(changed == 1, new[..., None, :], old[..., None, :]).prod(axis=-1)
    size = changed.sum(axis=1)
    weight = _order_shares(count)[np.minimum(size, count - 1)]
    parts = np.empty_like(old)
    for factor in range(count):
        without = np.flatnonzero(changed[:, factor] == 0)
        gain = products[..., without | (1 << factor)] - products[..., without]
        parts[..., factor] = (gain * weight[without]).sum(axis=-1)
    return parts


def _order_shares(count: int) -> Floats:
    """By how many factors changed before: the share of orders that one set of them makes."""
    shares = np.empty(count)
    shares[0] = 1 / count
    for size in range(1, count):
        shares[size] = shares[size - 1] * size / (count - size)
    return shares


TopAndBase = tuple[ArrayLike, ArrayLike]  # one value a segment, along the last axis


@dataclass(frozen=True, slots=True)
class RatioSplit:
    """Of each segment, in units of the ratio: what its own rate changed, and what its share of the base did.

    `rate` and `mix` of all segments together are the change of the ratio.
    """

    rate: Floats
    mix: Floats

    @property
    def total(self) -> Floats:
        return self.rate + self.mix


def split_ratio(before: TopAndBase, after: TopAndBase) -> RatioSplit:
    """Splits the change of Σ top ÷ Σ base by segment into rates and mix.

    A share that grows helps only where the segment's rate is above the whole's: mix is measured from
    there, which leaves its sum as it is, since shares add up to 1. A segment without a base on either side
    has no rate to compare, so that its whole change is mix. Both bases must be above 0 in total.
    """
    (top0, base0), (top1, base1) = _same_shape(*before), _same_shape(*after)
    whole0, whole1 = base0.sum(axis=-1, keepdims=True), base1.sum(axis=-1, keepdims=True)
    if not (np.all(whole0 > 0) and np.all(whole1 > 0)):
        raise ImpossibleSampleError(
            "A ratio of an empty base is not known.", "Split where both bases have rows."
        )
    part0, part1 = top0 / whole0, top1 / whole1
    share0, share1 = base0 / whole0, base1 / whole1
    compared = (base0 > 0) & (base1 > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        old = np.where(compared, top0 / base0, 0.0)
        new = np.where(compared, top1 / base1, 0.0)
    parts = lmdi(np.stack([share0, old], axis=-1), np.stack([share1, new], axis=-1))
    rate = np.where(compared, parts[..., 1], 0.0)
    mix = np.where(compared, parts[..., 0], part1 - part0)
    middle = log_mean(part1.sum(axis=-1, keepdims=True), part0.sum(axis=-1, keepdims=True))
    return RatioSplit(rate, mix - middle * (share1 - share0))


@dataclass(frozen=True, slots=True)
class RateMixVolume:
    """Of each segment, in units of the top: together the change of Σ top."""

    rate: Floats
    mix: Floats
    volume: Floats

    @property
    def total(self) -> Floats:
        return self.rate + self.mix + self.volume


def rate_mix_volume(before: TopAndBase, after: TopAndBase) -> RateMixVolume:
    """Splits the change of Σ top by segment: top = total base × share of it × rate.

    Volume is what the total base brings at old rates and shares; segments have it in proportion to their top.
    """
    (top0, base0), (top1, base1) = _same_shape(*before), _same_shape(*after)
    ratio = split_ratio((top0, base0), (top1, base1))
    sum0, sum1 = top0.sum(axis=-1, keepdims=True), top1.sum(axis=-1, keepdims=True)
    whole0, whole1 = base0.sum(axis=-1, keepdims=True), base1.sum(axis=-1, keepdims=True)
    pair = lmdi(np.concatenate([whole0, sum0 / whole0], -1), np.concatenate([whole1, sum1 / whole1], -1))
    scale = worth((sum0, sum0 / whole0), (sum1, sum1 / whole1))
    tops = top0 + top1
    share = tops / np.maximum(tops.sum(axis=-1, keepdims=True), np.finfo(np.float64).tiny)
    return RateMixVolume(ratio.rate * scale, ratio.mix * scale, pair[..., :1] * share)


def worth(before: tuple[ArrayLike, ArrayLike], after: tuple[ArrayLike, ArrayLike]) -> Floats:
    """What one unit of a factor's change is in the product: its part ÷ its change, also where that is 0.

    `before` and `after` are the product and the factor.
    """
    (old_product, old), (new_product, new) = (
        tuple(np.asarray(one, dtype=np.float64) for one in pair) for pair in (before, after)
    )
    product, factor = log_mean(new_product, old_product), log_mean(new, old)
    moved = new - old
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = np.where(moved != 0, (new_product - old_product) / moved, 0.0)
        return np.where(factor > 0, product / factor, whole)


def _factors(before: ArrayLike, after: ArrayLike) -> tuple[Floats, Floats]:
    old, new = _same_shape(before, after)
    if np.any(old < 0) or np.any(new < 0):
        raise ImpossibleSampleError(
            "A factor is negative, and has no logarithm.", "Split negative factors by shapley."
        )
    return old, new


def _same_shape(before: ArrayLike, after: ArrayLike) -> tuple[Floats, Floats]:
    old, new = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if old.shape != new.shape or old.ndim == 0 or old.shape[-1] == 0:
        raise ImpossibleSampleError(
            f"{old.shape} and {new.shape} are not the same factors before and after.",
            "Give both in one shape, with at least one factor.",
        )
    if not (np.all(np.isfinite(old)) and np.all(np.isfinite(new))):
        raise ImpossibleSampleError("A factor is not a number.", "Leave out what is not known.")
    return old, new
