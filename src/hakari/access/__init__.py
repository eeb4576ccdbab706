"""Who is looking, and which rows they may see: the one gate, and it stands in the data layer."""

from hakari.access.viewer import EVERYONE, Viewer, between, for_everybody, readers_of, rows_for

__all__ = ["EVERYONE", "Viewer", "between", "for_everybody", "readers_of", "rows_for"]
