"""The speed of every page, as people meet it: time, queries, weight and first paint."""
