"""One id that follows a request through every service, log line and fact it causes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from structlog.contextvars import bound_contextvars

from common.ids import new_id

HEADER = "Correlation-Id"
_ACCEPTABLE = re.compile(r"^[A-Za-z0-9._:-]{1,64}$")
_current: ContextVar[str | None] = ContextVar("correlation_id", default=None)


def current_correlation_id() -> str:
    """The id of what is being done now; a new one when nothing was begun."""
    return _current.get() or new_id()


@contextmanager
def correlated(given: str | None = None) -> Iterator[str]:
    """Begin something under the id `given` by whoever asked for it, or under a new one when it gave no usable one."""
    correlation_id = given if given and _ACCEPTABLE.fullmatch(given) else new_id()
    token = _current.set(correlation_id)
    try:
        with bound_contextvars(correlation_id=correlation_id):
            yield correlation_id
    finally:
        _current.reset(token)
