"""Hakari tells a B2B sales organisation the truth about its numbers."""

__version__ = "0.1.0"
