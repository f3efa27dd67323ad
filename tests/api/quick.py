"""Applications by the thousand: what is the same for all of them is compiled once in a process.

Each test has an application of its own. To compile its routes and templates anew took half of its time.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

_BUILDERS: dict[object, Callable[..., tuple[str, str]]] = {}


class CompiledOnce(Rule):
    """A route whose builder of addresses is that of an equal route of an earlier application: it asks the
    route that it is called with for everything else."""

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
