"""When a connection to a gateway may be tried: at will while it works, one careful knock at a time otherwise."""

from collections.abc import Callable

from mailer.gateways.rules.backoff import Backoff, Chance

PACE_SECONDS = 1.0
"""All processes together knock at most once in this time while nobody opens."""
BACKOFF = Backoff(first=1.0, longest=14.0)
"""Short enough to be back at full rate within a minute after the gateway is."""
REFUSAL_SECONDS = 60.0
"""Between attempts at a gateway that refuses us for what only a change of configuration cures."""
ATTEMPT_SECONDS = 90.0
"""An attempt that nobody reports the end of counts as over after this."""


class Door:
    """Attempts to connect to one gateway, in one process."""

    def __init__(self, clock: Callable[[], float], chance: Chance, *, waits_out_refusals: bool) -> None:
        self._clock = clock
        self._chance = chance
        self._waits_out_refusals = waits_out_refusals
        self._processes = 1
        self._is_proven = False
        self._knock_at = 0.0
        self._failures = 0
        self._failed_at = 0.0
        self.open_count = 0
        """Connections that are open now."""
        self.problem: str | None = None
        """Why the last attempt failed; None when it succeeded."""

    def may_connect(self) -> bool:
        """Reserve an attempt. Until one has succeeded only a single one is under way."""
        if self._is_proven:
            return True
        now = self._clock()
        if now < self._knock_at:
            return False
        self._knock_at = now + ATTEMPT_SECONDS
        return True

    @property
    def knock_at(self) -> float | None:
        """When the next attempt is permitted; None: at once."""
        return None if self._is_proven else self._knock_at

    def opened(self) -> None:
        """An attempt succeeded."""
        self._is_proven, self.problem, self._failures = True, None, 0
        self._knock_at = 0.0  # should it break, the next one may follow at once
        self.open_count += 1

    def closed(self) -> None:
        """A connection ended. After the last one nothing proves that the gateway is still there."""
        self.open_count = max(self.open_count - 1, 0)
        if self.open_count == 0:
            self._is_proven = False

    def broke(self) -> None:
        """A connection broke: the next attempt goes alone, because the gateway may be gone."""
        self._is_proven = False

    def failed(self, reason: str, *, is_refused_by_configuration: bool) -> bool:
        """An attempt failed; True when trying again makes no sense before something is changed."""
        now = self._clock()
        self._is_proven, self.problem, self._failed_at = False, reason, now
        self._failures += 1
        if is_refused_by_configuration and not self._waits_out_refusals:
            return True
        wait = BACKOFF.wait(self._failures, self._chance)
        if is_refused_by_configuration:
            wait = REFUSAL_SECONDS * (0.75 + self._chance() / 2)
        self._knock_at = now + PACE_SECONDS * self._processes + wait
        return False

    def is_failing(self, accepted_at: float) -> bool:
        """Whether nothing goes through it: an attempt failed and no message was accepted since."""
        return self.problem is not None and accepted_at <= self._failed_at

    def spread(self, processes: int) -> None:
        """So many processes knock."""
        self._processes = processes

    def reset(self) -> None:
        """Something was changed: try at once."""
        self._knock_at, self._failures, self.problem = 0.0, 0, None
