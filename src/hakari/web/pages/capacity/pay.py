"""The pay plan as a block: its fields, and what it costs, whom it reaches and how much luck it pays for."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.planning.capacity_asked import PAY
from hakari.planning.capacity_words import PAY_LINES, share
from hakari.planning.pay_plan import PayLine, PayView
from hakari.units.display import number
from hakari.web.address import Address
from hakari.web.assumed import Assumed, kept_beside
from hakari.web.figures import UNKNOWN, Figures
from hakari.words import say


@dataclass(frozen=True, slots=True)
class PayRow:
    name: str
    quota: str
    cost: str
    attaining: str
    luck: str
    mean: str
    spread: str
    nothing: str
    own: bool


@dataclass(frozen=True, slots=True)
class PayBlock:
    inputs: str
    example: str
    assumed: tuple[Assumed, ...]
    kept: tuple[tuple[str, str], ...]
    lines: tuple[PayRow, ...]


def pay_block(pay: PayView, address: Address, figures: Figures) -> PayBlock:
    lang, plan = figures.lang, pay.plan
    hints = {
        "quota": number(plan.quota),
        "fixed": number(plan.base),
        "variable": number(plan.variable),
        "accelerator": f"{plan.accelerator:g}",
        "cliff": f"{100 * plan.cliff:.0f}%",
        "cap": "" if plan.cap is None else f"{plan.cap:g}",
    }
    return PayBlock(
        inputs=say(
            "pay_inputs", lang, deals=f"{pay.deals:.0f}", known=number(pay.known), skill=f"{pay.skill:g}"
        ),
        example=say("pay_example", lang, sells=figures.amount(pay.sells)) if pay.example else "",
        assumed=tuple(
            Assumed(name, say(f"pay_{name}", lang), address[name], hint) for name, hint in hints.items()
        ),
        kept=kept_beside(address, PAY),
        lines=tuple(_line(one, figures) for one in pay.lines),
    )


def _line(line: PayLine, figures: Figures) -> PayRow:
    one, lang = line.outcome, figures.lang
    flat = line.key == "without"
    return PayRow(
        name=say(PAY_LINES[line.key], lang),
        quota=figures.amount(line.quota),
        cost=f"{100 * one.cost_of_sales:.1f}%",
        attaining=UNKNOWN if flat else share(one.attaining, lang),
        luck=UNKNOWN if one.luck is None else share(one.luck, lang),
        mean=figures.amount(one.mean_pay),
        spread=f"{figures.amount(one.p10)}–{figures.amount(one.p90)}",
        nothing=UNKNOWN if flat else share(one.without_variable, lang),
        own=line.key == "plan",
    )
