"""The model registry of the settings, opened without the database: a rollback must not wait for one."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

import click

from api.settings import Settings
from matcher.model.registry import Registry

P = ParamSpec("P")
R = TypeVar("R")


def open_registry(settings: Settings) -> Registry:
    """The registry that the settings name; nothing is made before something is written to it."""
    return Registry(settings.models_url, settings.home / "fetched-models")


def with_registry(command: Callable[Concatenate[Registry, P], R]) -> Callable[P, R]:
    """Hand a command the registry of the settings that the group read."""

    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        settings = click.get_current_context().find_object(Settings) or Settings()
        return command(open_registry(settings), *args, **kwargs)

    return update_wrapper(opened, command)
