"""The scorecard: one goal, at most five KPIs beside their targets, and the people behind them."""
