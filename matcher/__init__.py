"""The rules and arithmetic of matching: no web framework, no trainer, no environment."""
