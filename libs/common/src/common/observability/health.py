"""Is this process able to do its work, and if not, why."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Check = Callable[[], Awaitable[str | None]]
"""Returns None when all is well, else the reason in plain words."""

_SECONDS = 3.0


class Health:
    """The named conditions for being ready; each is given three seconds."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = dict(checks)

    def add(self, name: str, check: Check) -> None:
        """A condition of the service's own."""
        self._checks[name] = check

    async def report(self) -> dict[str, Any]:
        """`{"ready": bool, "checks": {name: "ok" | reason}}`."""
        reasons = await asyncio.gather(*(_reason(check) for check in self._checks.values()))
        return {
            "ready": not any(reasons),
            "checks": {name: reason or "ok" for name, reason in zip(self._checks, reasons, strict=True)},
        }


async def _reason(check: Check) -> str | None:
    try:
        async with asyncio.timeout(_SECONDS):
            return await check()
    except TimeoutError:
        return "no answer in time"
    except Exception as error:  # noqa: BLE001 - whatever a check raises is its reason; its text may hold secrets
        return f"failed with {type(error).__name__}"
