"""Short ways to say a profile or an interaction."""

import datetime as dt
from typing import Any

from matcher.interactions import Interaction, InteractionType
from matcher.profiles import Profile, Role

NOW = dt.datetime(2024, 5, 1, 8, 30, tzinfo=dt.UTC)


def startup(id_: str, name: str = "", **fields: Any) -> Profile:
    """A startup of north, named like its id unless said otherwise."""
    return _profile(Role.STARTUP, id_, name, fields)


def mentor(id_: str, name: str = "", **fields: Any) -> Profile:
    """A mentor of north."""
    return _profile(Role.MENTOR, id_, name, fields)


def investor(id_: str, name: str = "", **fields: Any) -> Profile:
    """An investor of north."""
    return _profile(Role.INVESTOR, id_, name, fields)


def met(startup_id: str, partner_id: str, **fields: Any) -> Interaction:
    """A meeting recorded by north on 1 May 2024."""
    event = {"organisation": "north", "type": InteractionType.MET, "at": NOW} | fields
    return Interaction(startup_id=startup_id, partner_id=partner_id, **event)


def _profile(role: Role, id_: str, name: str, fields: dict[str, Any]) -> Profile:
    return Profile(**{"organisation": "north", "role": role, "id": id_, "name": name or id_} | fields)
