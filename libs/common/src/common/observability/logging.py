"""Structured logs on standard output: a fixed phrase, and fields."""

import logging
import sys
from typing import Any

import structlog

from common.config import ServiceSettings


def get_logger() -> Any:
    """A logger; the event is a fixed lower-case phrase and values are fields, never addresses, bodies or tokens."""
    return structlog.get_logger()


def setup(settings: ServiceSettings, service: str | None = None) -> None:
    """Send everything, the libraries' records included, to standard output: JSON, or colours on a terminal."""
    console = settings.log_format == "console" or (settings.log_format == "auto" and sys.stdout.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _naming(service or settings.service),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    final: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    # Plain tracebacks: the prettier ones print local variables, and those hold addresses and secrets.
    if console:
        final.append(
            structlog.dev.ConsoleRenderer(
                colors=sys.stdout.isatty(),  # a file full of escape sequences cannot be searched
                exception_formatter=structlog.dev.plain_traceback,
            )
        )
    else:
        final += [structlog.processors.format_exc_info, _render_json()]
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=final))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for chatty in ("httpx", "httpx2", "httpcore", "alembic.runtime.plugins"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _naming(service: str) -> Any:
    def add_service(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        event["service"] = service
        return event

    return add_service


def _render_json() -> Any:
    # `default=str`: a field that JSON cannot hold must not lose the line.
    return structlog.processors.JSONRenderer(sort_keys=True, default=str)
