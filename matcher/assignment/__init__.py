"""Who meets whom: a whole cohort assigned at once, over arrays. Knows no profile and no store."""
