"""The table of what organisations set for themselves: `migrations/versions/0017_office_settings.py`."""

import sqlalchemy as sa

from matcher.store.schema import KEY, metadata

# "" stands for what the whole home has; `new_run` is a configuration as it is kept with runs.
office_settings = sa.Table(
    "office_settings",
    metadata,
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), primary_key=True),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("new_run", sa.JSON(none_as_null=True)),
)
