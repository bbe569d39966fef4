"""Log lines go where pytest shows them, with plain tracebacks."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog


@pytest.fixture(scope="session", autouse=True)
def logs_for_pytest() -> None:
    """As `common.observability.logging.setup` does for a process, but through the handlers of pytest."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


@contextmanager
def logs_of_its_own() -> Iterator[None]:
    """Whatever sets up logging inside does so for itself only."""
    root, configured = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.configure(**configured)
