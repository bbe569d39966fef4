"""Rates of jobs, their mean as the manuals take it, and the pooled rate beside it; and the order of a sequence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeVar


@dataclass(frozen=True, slots=True)
class Reacted:
    """What tracking statistics divide; None is what nobody can know."""

    unbounced: int
    opened: int | None
    clicked: int | None
    unsubscribed: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """What delivery statistics divide."""

    recipients: int
    taken: int
    unbounced: int
    bounced: int
    refused: int
    complained: int


T = TypeVar("T")
Share = tuple[int | None, int | None]
"""Part and whole."""

TRACKING: Mapping[str, Callable[[Reacted], Share]] = MappingProxyType(
    {
        "opened_of_unbounced": lambda job: (job.opened, job.unbounced),
        "clicked_of_unbounced": lambda job: (job.clicked, job.unbounced),
        "clicked_of_opened": lambda job: (job.clicked, job.opened),
        "unsubscribed_of_unbounced": lambda job: (job.unsubscribed, job.unbounced),
    }
)
DELIVERY: Mapping[str, Callable[[Delivered], Share]] = MappingProxyType(
    {
        "unbounced_of_recipients": lambda job: (job.unbounced, job.recipients),
        "bounced_of_taken": lambda job: (job.bounced, job.taken),
        "refused_of_recipients": lambda job: (job.refused, job.recipients),
        "complained_of_taken": lambda job: (job.complained, job.taken),
    }
)


@dataclass(frozen=True, slots=True)
class Summary:
    """Over several jobs: the mean of their rates, what their sums divide to, and how many jobs had a rate."""

    mean: dict[str, float | None]
    pooled: dict[str, float | None]
    counted: dict[str, int]


def rates_of(job: T, metrics: Mapping[str, Callable[[T], Share]]) -> dict[str, float | None]:
    """The rates of one job; None where one side is not known, or there is nothing to divide by."""
    return {name: _rate(*share(job)) for name, share in metrics.items()}


def summarize(jobs: Sequence[T], metrics: Mapping[str, Callable[[T], Share]]) -> Summary:
    """Jobs whose rate nobody can know count in neither figure: both speak of the same jobs."""
    mean: dict[str, float | None] = {}
    pooled: dict[str, float | None] = {}
    counted: dict[str, int] = {}
    for name, share in metrics.items():
        shares = [
            (part, whole)
            for part, whole in map(share, jobs)
            if part is not None and whole is not None and _rate(part, whole) is not None
        ]
        rates = [part / whole for part, whole in shares]
        counted[name] = len(rates)
        mean[name] = round(sum(rates) / len(rates), 6) if rates else None
        pooled[name] = _rate(sum(part for part, _ in shares), sum(whole for _, whole in shares))
    return Summary(mean, pooled, counted)


def _rate(part: int | None, whole: int | None) -> float | None:
    return round(part / whole, 6) if part is not None and whole else None


Step = tuple[str, int, Literal["origin", "reaction"], str | None]
"""Job, depth, why it is there, and the job it follows."""


def in_sequence(jobs: Sequence[str], follows: Mapping[str, str]) -> list[Step]:
    """Jobs in the order of following: each right after the one it follows, the older first.

    `jobs` is in order of age; `follows` says which job each one follows. A circle begins with its oldest job.
    """
    followers: dict[str, list[str]] = {}
    for job in jobs:
        if (source := follows.get(job)) in jobs and source is not None:
            followers.setdefault(source, []).append(job)
    roots = [job for job in jobs if follows.get(job) not in jobs]
    steps: list[Step] = []
    placed: set[str] = set()
    for root in (*roots, *jobs):
        waiting: list[tuple[str, int, str | None]] = [(root, 0, None)]
        while waiting:
            job, depth, source = waiting.pop()
            if job in placed:
                continue
            placed.add(job)
            steps.append((job, depth, "origin" if source is None else "reaction", source))
            waiting += [(follower, depth + 1, job) for follower in reversed(followers.get(job, []))]
    return steps
