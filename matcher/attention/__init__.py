"""What the monthly ledgers tell: who needs care, with what evidence, and how the startups are doing."""
