"""Spreadsheets and CSV files, as people export them from a CRM or keep them by hand."""
