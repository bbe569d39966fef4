"""A failure that may leave a service as RFC 9457 problem details; no framework, so that rules may raise one."""

from typing import Any, ClassVar

NAMESPACE = "urn:tutti:problem:"


class Problem(Exception):
    """What went wrong, named by its class, with the facts a caller can act on.

    `detail` is for people; `facts` become members of the problem document (RFC 9457, section 3.2).
    Subclasses set `status` (HTTP), `slug` (unique, kebab-case) and `title`.
    """

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something went wrong on our side"

    def __init__(self, detail: str, *, retry_after_seconds: int | None = None, **facts: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after_seconds = retry_after_seconds
        self.facts = facts

    def document(self, instance: str) -> dict[str, Any]:
        """The problem document for a request to `instance` (a path)."""
        return {
            **self.facts,
            "type": NAMESPACE + self.slug,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
        }


class Invalid(Problem):
    """One or more fields of a request are wrong; `errors` points at each (JSON Pointer, RFC 6901)."""

    status, slug, title = 422, "invalid", "Some fields are not right"

    def __init__(self, *errors: tuple[str, str], detail: str | None = None, **facts: Any) -> None:
        listed = [{"pointer": pointer, "detail": text} for pointer, text in errors]
        super().__init__(detail or "; ".join(text for _, text in errors), errors=listed, **facts)


class Unavailable(Problem):
    """A neighbour that is needed to answer is away; `retry_after_seconds` becomes `Retry-After`."""

    status, slug, title = 503, "unavailable", "A part of the system is away"
