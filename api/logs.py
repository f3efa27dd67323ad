"""Structured log lines: one JSON object a line, with level and moment (UTC)."""

import logging
import sys
from typing import Any, TextIO

import structlog


def json_log(stream: TextIO = sys.stderr) -> Any:
    """A structlog logger that writes JSON lines to `stream`."""
    return structlog.wrap_logger(structlog.PrintLogger(stream), processors=_PROCESSORS)


_PROCESSORS: list[Any] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.JSONRenderer(ensure_ascii=False),
]


class Relay(logging.Handler):
    """Hands what a library says through `logging` on to a JSON log.

    Of an error that it reports, the class is told and not the message, which may hold personal text.
    """

    def __init__(self, log: Any, level: int = logging.WARNING) -> None:
        super().__init__(level)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record as a line."""
        error = record.exc_info[0] if record.exc_info else None
        told = {"error": error.__qualname__} if error else {}
        self._log.log(record.levelno, "library", logger=record.name, message=record.getMessage(), **told)
