"""Simplified → Traditional Chinese, with the words of Taiwan: for what Bole itself says, never for what
people wrote."""

import functools

import opencc

PUBLISHED = ("发布", "發布")
"""What is published for people to see; the converter takes it for software that is released (釋出)."""


def traditional(text: str) -> str:
    """The text in Traditional characters and Taiwan's words (软件 → 軟體); other writing stays as it is."""
    return text if text.isascii() else _converter().convert(text.replace(*PUBLISHED))


@functools.cache
def _converter() -> opencc.OpenCC:
    """Made once: it loads its dictionaries."""
    return opencc.OpenCC("s2twp")
