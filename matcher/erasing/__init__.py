"""Erasing a person or a profile: their texts are replaced, and files and models let go of them."""
