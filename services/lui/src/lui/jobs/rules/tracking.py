"""What a job may track, given its recipients and its content (levels as the functional specification defines them)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from common.contracts.lui import MAX_LINK_LENGTH, MAX_LINKS, TrackedLinkV1, TrackingLevel, TrackingPlanV1
from lui.content.schemas import Link
from lui.jobs.schemas import Tracking, TrackingIn
from lui.jobs.words import Clicks

_WITHOUT_MERGE = frozenset({TrackingLevel.OFF, TrackingLevel.BLIND})
# Only here does the token name a recipient, so that a target of their own can travel sealed beside it.
_SEALS_TARGETS = frozenset({TrackingLevel.UNIQUE, TrackingLevel.PERSONAL})


@dataclass(frozen=True)
class Surroundings:
    """What the choice depends on."""

    links: Sequence[Link]
    has_html: bool
    columns: Collection[str]
    merges: bool
    """The recipients' usage is merge."""


def chosen_tracking(asked: TrackingIn, links: Sequence[Link]) -> tuple[Tracking | None, list[tuple[str, str]]]:
    """The choice with its links looked up, or pointers at what is wrong in it."""
    by_id = {link.id: link for link in links}
    wanted = asked.links or []
    errors = []
    if asked.clicks is Clicks.CHOSEN and asked.links is None:
        errors.append(("/links", "list the ids of the links to track"))
    if asked.clicks is not Clicks.CHOSEN and wanted:
        errors.append(("/links", "links are listed only when clicks is chosen"))
    errors += [(f"/links/{at}", f"there is no link {key!r}") for at, key in enumerate(wanted) if key not in by_id]
    if asked.identify_by is not None and asked.level is not TrackingLevel.PERSONAL:
        errors.append(("/identify_by", "people are identified at the level personal only"))
    if errors:
        return None, errors
    if asked.level is TrackingLevel.OFF:  # off is off, whatever else was ticked
        return Tracking(level=asked.level, opens=False, clicks=Clicks.NONE, links=(), identify_by=None), []
    found = tuple(by_id[key] for key in dict.fromkeys(wanted))
    choice = Tracking(
        level=asked.level, opens=asked.opens, clicks=asked.clicks, links=found, identify_by=asked.identify_by
    )
    return choice, []


def tracking_problems(choice: Tracking, around: Surroundings) -> list[tuple[str, str]]:
    """`(pointer, detail)` of what no longer fits, or never did."""
    problems = []
    if not around.merges and choice.level not in _WITHOUT_MERGE:
        problems.append(("/level", f"recipients used in bulk can be tracked blind or not at all, not {choice.level}"))
    if choice.identify_by is not None and choice.identify_by not in around.columns:
        problems.append(("/identify_by", f"there is no column {choice.identify_by}"))
    if missing := [link.url for link in choice.links if link not in around.links]:
        problems.append(("/links", f"the content no longer has the link {missing[0]} in this place"))
    if (count := len(tracked_links(choice, around.links))) > MAX_LINKS:
        problems.append(("/links", f"{count} links are too many: {MAX_LINKS} can be tracked, choose which"))
    return problems


def tracking_warnings(choice: Tracking, around: Surroundings) -> list[str]:
    """What the author should know of a choice that can be sent."""
    warnings = []
    if choice.opens and not around.has_html:
        warnings.append("opens cannot be seen: the content has no HTML part")
    wanted = _wanted(choice, around.links)
    if choice.level not in _SEALS_TARGETS:
        warnings += [
            f"the link {link.url} differs by recipient and is not tracked at the level {choice.level}"
            for link in wanted
            if link.personal
        ]
    warnings += [
        f"the link {link.url[:60]}… is longer than {MAX_LINK_LENGTH:,} characters and is not tracked"
        for link in wanted
        if len(link.url) > MAX_LINK_LENGTH
    ]
    return warnings


def _wanted(choice: Tracking, links: Sequence[Link]) -> Sequence[Link]:
    return {Clicks.ALL: tuple(links), Clicks.NONE: (), Clicks.CHOSEN: choice.links}[choice.clicks]


def tracked_links(choice: Tracking, links: Sequence[Link]) -> list[Link]:
    """The links of the content that are rewritten to the tracker."""
    seals = choice.level in _SEALS_TARGETS
    return [
        link for link in _wanted(choice, links) if (seals or not link.personal) and len(link.url) <= MAX_LINK_LENGTH
    ]


def tracking_plan(choice: Tracking, links: Sequence[Link]) -> TrackingPlanV1:
    """The choice as mailer and tracker are told."""
    tracked = tuple(
        TrackedLinkV1(number=int(link.id), part=link.part, url=link.url, alias=link.alias, personal=link.personal)
        for link in tracked_links(choice, links)
    )
    return TrackingPlanV1(level=choice.level, opens=choice.opens, links=tracked)
