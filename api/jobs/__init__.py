"""Long work that nobody waits for: when it is due, where it queues, and the process that does it."""
