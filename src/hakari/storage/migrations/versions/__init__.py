"""The revisions. A revision that was released is never edited."""
