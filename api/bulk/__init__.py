"""A whole week's lists: cut into chunks, answered here or on a cluster, kept as they are done."""
