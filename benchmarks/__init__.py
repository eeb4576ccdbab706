"""Measures how fast Hakari counts, reads and starts, and fails where two ways of counting disagree."""
