"""Spreadsheets in, typed rows and a report out: nothing of a file is lost without being named."""

from matcher.importing.importer import import_sources
from matcher.importing.kinds import Kind
from matcher.importing.looking import look
from matcher.importing.plan import Correction, Plan
from matcher.importing.report import FileReport, ImportReport, Problem, Severity
from matcher.importing.sources import Source, sources_at

__all__ = [
    "Correction",
    "FileReport",
    "ImportReport",
    "Kind",
    "Plan",
    "Problem",
    "Severity",
    "Source",
    "import_sources",
    "look",
    "sources_at",
]
