"""The sales meeting: a list of meetings, and six slides that print on three pages."""
