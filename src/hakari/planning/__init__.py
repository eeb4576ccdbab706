"""What was aimed for and how far we are: targets, pacing, and the scorecard that compares."""
