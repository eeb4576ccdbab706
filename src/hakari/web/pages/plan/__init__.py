"""The plan: the goal worked back, what would change it, and the scenarios that were kept."""
