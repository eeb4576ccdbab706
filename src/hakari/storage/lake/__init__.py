"""The records as Parquet files that other engines read: one folder, one manifest, old or new, never both."""
