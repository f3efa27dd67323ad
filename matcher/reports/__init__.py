"""Reports: what came of what was shown, in figures and in words."""
