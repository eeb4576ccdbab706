"""The page of one person: what the figures say, the deals, the activities, and the 1on1."""
