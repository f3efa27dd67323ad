"""Pages about people's accounts: entering, one's own account, and the office's list of people."""

from api.pages.accounts import (
    account,
    entering,
    own_tokens,
    people,
    provider,
    renewing,
    second_step,
    signing_on,
    two_step,
)

__all__ = [
    "account",
    "entering",
    "own_tokens",
    "people",
    "provider",
    "renewing",
    "second_step",
    "signing_on",
    "two_step",
]
