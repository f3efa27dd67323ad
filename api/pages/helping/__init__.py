"""The guides: what each kind of person does here, with pictures of the real pages."""

from api.pages.helping import guides  # noqa: F401 - adds its view
