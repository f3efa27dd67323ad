"""A run as tables for spreadsheets, and an edited table back as edits."""
