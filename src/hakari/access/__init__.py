"""Who is looking, and which rows they may see: the one gate, and it stands in the data layer."""

from hakari.access.viewer import EVERYONE, Viewer, rows_for

__all__ = ["EVERYONE", "Viewer", "rows_for"]
