"""Targets as they are written: from files, from the page and from the command line, into the same cells."""
