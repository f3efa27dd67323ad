"""The weekly report: one HTML file in Chinese and English that needs nothing but itself, and its JSON."""

from training.weekly.report.rendering import (
    NAMELESS_HTML,
    REPORT_HTML,
    REPORT_JSON,
    files,
    render,
    without_names,
)
from training.weekly.report.telling import headline, summary

__all__ = [
    "NAMELESS_HTML",
    "REPORT_HTML",
    "REPORT_JSON",
    "files",
    "headline",
    "render",
    "summary",
    "without_names",
]
