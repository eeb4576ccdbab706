"""What lies behind one figure: its records, breakdown, definition and arithmetic."""
