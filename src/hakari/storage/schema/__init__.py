"""The truth's tables, and how days and moments are kept in them."""
