"""What training learns and serving reads: parameters, their bundle on disk, and the registry of versions."""
