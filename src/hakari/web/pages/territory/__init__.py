"""Territory: a proposal of who should have which account."""
