"""Applications by the thousand: what is the same for all of them is compiled once in a process, and passwords
are hashed with the least that argon2 takes.

Each test has an application of its own. To compile its routes and templates anew took half of its time.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import argon2
from apiflask import APIFlask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import BaseConverter, Rule
from werkzeug.routing.rules import RulePart

from api.accounts import passwords

_BUILDERS: dict[object, Callable[..., tuple[str, str]]] = {}
_PARSED: dict[str, tuple[list[RulePart], list[tuple[bool, str]], dict[str, BaseConverter]]] = {}


class CompiledOnce(Rule):
    """A route whose parts and builder of addresses are those of an equal route of an earlier application: the
    builder asks the route that it is called with for everything else, and converters know no application."""

    def _parse_rule(self, rule: str) -> Iterator[RulePart]:
        if rule not in _PARSED:
            told = len(self._trace)
            parts = list(super()._parse_rule(rule))
            _PARSED[rule] = parts, self._trace[told:], dict(self._converters)
            return iter(parts)
        parts, trace, converters = _PARSED[rule]
        self._trace.extend(trace)
        self._converters |= converters
        self.arguments |= converters.keys()
        return iter(parts)

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        defaults = tuple(sorted((self.defaults or {}).items()))
        key = (self.rule, tuple(self._trace), defaults, append_unknown)
        if key not in _BUILDERS:
            _BUILDERS[key] = super()._compile_builder(append_unknown)
        return _BUILDERS[key]


def compile_once(folder: Path) -> None:
    """Let every application of this process do so; templates are kept in the folder."""
    options: dict[str, Any] = {"bytecode_cache": FileSystemBytecodeCache(str(folder))}
    APIFlask.url_rule_class = CompiledOnce
    APIFlask.jinja_options = options


def hash_quickly() -> None:
    """Let every password of this process be hashed in a moment, not as slowly as it should be."""
    hash_with(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def hash_with(hasher: argon2.PasswordHasher) -> None:
    """Let passwords be hashed so."""
    passwords._HASHER = hasher
    passwords._nobodys_hash.cache_clear()
