"""Traditional → Simplified Chinese, with the words of Taiwan as the mainland says them."""

import functools

import opencc


def simplified(text: str) -> str:
    """The text in Simplified characters and mainland words (軟體 → 软件); other writing stays as it is."""
    return text if text.isascii() else _converter().convert(text)


@functools.cache
def _converter() -> opencc.OpenCC:
    """Made once: it loads its dictionaries. tw2sp, because t2s leaves 軟體 as 软体."""
    return opencc.OpenCC("tw2sp")
