"""The people of the pages about accounts."""

from tests.api.pages.accounts.conftest import ann, far, hashed, root, wei

__all__ = ["ann", "far", "hashed", "root", "wei"]
