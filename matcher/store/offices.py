"""What organisations set for themselves."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.configuration import configuration_of
from matcher.office import OfficeSettings
from matcher.people import tongue_of
from matcher.store import organisations
from matcher.store.bulk import upsert
from matcher.store.engine import reading, writing
from matcher.store.office_schema import office_settings

NAMES = ("zone", "language", "new_run")
SET = tuple(office_settings.c[name] for name in NAMES)


class Offices:
    """Settings of all organisations. Each method is one transaction."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def settings(self, organisation: str) -> OfficeSettings:
        """What the organisation has set; nothing where it is not there."""
        mine = sa.select(*SET).where(office_settings.c.organisation == organisation)
        with reading(self._engine) as connection:
            row = connection.execute(mine).mappings().one_or_none()
        return OfficeSettings() if row is None else settings_of(row)

    def put(self, organisation: str, settings: OfficeSettings) -> None:
        """Keep the settings in the place of the earlier ones.

        Raises:
            NotFound: the organisation does not exist.
        """
        begins = settings.new_run
        row = {
            "organisation": organisation,
            "zone": settings.zone,
            "language": settings.language,
            "new_run": None if begins is None else begins.to_json(),
        }
        with writing(self._engine) as connection:
            organisations.require(connection, {organisation})
            upsert(connection, office_settings, [row], by=["organisation"])


def settings_of(row: Mapping[Any, Any]) -> OfficeSettings:
    """What the columns of an organisation's row say; nothing where they are of none (all are NULL)."""
    begins, language = row["new_run"], row["language"]
    return OfficeSettings(
        zone=row["zone"] or "",
        language=tongue_of(language) if language else "",
        new_run=None if begins is None else configuration_of(begins),
    )
