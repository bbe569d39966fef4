"""Log lines go where pytest shows them, with plain tracebacks."""

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
