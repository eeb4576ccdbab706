"""How sure a figure is, and what may be said of it: intervals and the rules for showing them."""

from __future__ import annotations
