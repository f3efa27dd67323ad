"""The import wizard: files that come, what they are taken for, what is put right, and the receipt."""

from api.pages.importing import coming, committing, looking, planning  # noqa: F401 - each adds its views
