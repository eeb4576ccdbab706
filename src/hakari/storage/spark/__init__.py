"""Counts on a Spark cluster what a lake holds, with the same plans as on one machine."""
