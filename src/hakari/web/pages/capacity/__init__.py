"""Capacity: what the sales force can sell by month, whom to hire by when, and a pay plan played through."""
