"""The command line: each command reads its words, calls one function below, and prints what it got."""

from hakari.cli.start import main

__all__ = ["main"]
