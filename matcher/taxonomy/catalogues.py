"""The four taxonomies, each read once from its data file."""

import functools
import json
from importlib import resources
from typing import Any

from matcher.taxonomy.taxonomy import Node, Taxonomy


@functools.cache
def industries() -> Taxonomy:
    """Industries, two levels."""
    return _read("industries.json")


@functools.cache
def stages() -> Taxonomy:
    """Stages of funding and growth; `order` grows with maturity."""
    return _read("stages.json")


@functools.cache
def regions() -> Taxonomy:
    """Countries, provinces or states, cities. For a text with several of them see `region_path`."""
    return _read("regions.json")


@functools.cache
def services() -> Taxonomy:
    """What startups need and partners offer, two levels."""
    return _read("services.json")


def _read(file: str) -> Taxonomy:
    source = resources.files(__package__).joinpath("data", file)
    data = json.loads(source.read_text(encoding="utf-8"))
    return Taxonomy([_node(entry) for entry in data["nodes"]], data["suffixes"])


def _node(entry: dict[str, Any]) -> Node:
    labels: dict[str, Any] = {field: tuple(entry.get(field, ())) for field in ("aliases", "local")}
    return Node(**(entry | labels))
