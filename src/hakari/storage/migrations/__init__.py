"""How the truth's tables came to be, one revision after another; shipped with the package.

To change a table: change it in `schema/tables.py` (or change a canonical field), write the next revision
beside the others by hand, set `HEAD` in `migrate.py`. A test compares the two on both databases.
"""
