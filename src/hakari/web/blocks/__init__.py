"""What several pages show alike: the goal band, the KPI rows, the tables of people."""
