"""Checks a set of KPIs before anybody is measured by it: what is wrong, why, and what to do."""
