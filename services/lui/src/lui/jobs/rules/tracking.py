"""What a job may track, given its recipients and its content (levels as the functional specification defines them)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from common.contracts.campaign import with_campaign
from common.contracts.lui import (
    MAX_LINK_LENGTH,
    MAX_LINKS,
    TrackedActionsV1,
    TrackedLinkV1,
    TrackingLevel,
    TrackingPlanV1,
)
from lui.content.schemas import Link
from lui.jobs.tracking import Tracking, TrackingIn
from lui.jobs.words import Clicks
from lui.settings.rules import UNLIMITED, TrackingCap

Errors = list[tuple[str, str]]
"""Pointers with what is wrong there."""
_WITHOUT_MERGE = frozenset({TrackingLevel.OFF, TrackingLevel.BLIND})
# Only here does the token name a recipient, so that a target of their own can travel sealed beside it.
_SEALS_TARGETS = frozenset({TrackingLevel.UNIQUE, TrackingLevel.PERSONAL})
_DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Surroundings:
    """What the choice depends on."""

    links: Sequence[Link]
    has_html: bool
    columns: Collection[str]
    merges: bool
    """The recipients' usage is merge."""
    identity: Collection[str] = ()
    """Columns that say who somebody is."""
    snapshot_id: str | None = None
    cap: TrackingCap = UNLIMITED


def chosen_tracking(asked: TrackingIn, links: Sequence[Link]) -> tuple[Tracking | None, Errors]:
    """The choice with its links looked up, or pointers at what is wrong in it."""
    campaign = () if asked.campaign is None else asked.campaign.parameters()
    errors = [*_link_errors(asked, links), *_level_errors(asked)]
    if errors:
        return None, errors
    if asked.level is TrackingLevel.OFF:  # off is off, whatever else was ticked; a campaign is no tracking of ours
        return Tracking(
            level=asked.level, opens=False, clicks=Clicks.NONE, links=(), identify_by=None, campaign=campaign
        ), []
    by_id = {link.id: link for link in links}
    choice = Tracking(
        level=asked.level,
        opens=asked.opens,
        clicks=asked.clicks,
        links=tuple(by_id[key] for key in dict.fromkeys(asked.links or ())),
        identify_by=asked.identify_by,
        consent_column=asked.consent_column,
        profile_columns=tuple(asked.profile_columns or ()),
        campaign=campaign,
        cookie_days=None if asked.actions is None else asked.actions.cookie_days,
    )
    return choice, []


def _link_errors(asked: TrackingIn, links: Sequence[Link]) -> Errors:
    wanted, known = asked.links or [], {link.id for link in links}
    errors = []
    if asked.clicks is Clicks.CHOSEN and asked.links is None:
        errors.append(("/links", "list the ids of the links to track"))
    if asked.clicks is not Clicks.CHOSEN and wanted:
        errors.append(("/links", "links are listed only when clicks is chosen"))
    return errors + [(f"/links/{at}", f"there is no link {key!r}") for at, key in enumerate(wanted) if key not in known]


def _level_errors(asked: TrackingIn) -> Errors:
    errors, columns = [], asked.profile_columns or []
    if asked.identify_by is not None and asked.level is not TrackingLevel.PERSONAL:
        errors.append(("/identify_by", "people are identified at the level personal only"))
    if asked.level is TrackingLevel.OFF:
        return errors
    if asked.consent_column is not None and asked.level is TrackingLevel.BLIND:
        errors.append(("/consent_column", "at the level blind nobody is known, so that there is nothing to consent to"))
    if columns and asked.level is not TrackingLevel.ANONYMOUS:
        errors.append(("/profile_columns", "profiles are made at the level anonymous only"))
    errors += [
        (f"/profile_columns/{at}", f"the column {name} is named twice")
        for at, name in enumerate(columns)
        if name in columns[:at]
    ]
    if asked.actions is not None and asked.level is TrackingLevel.BLIND:
        detail = "at the level blind no visit could be told from another: choose unique, anonymous or personal"
        errors.append(("/actions", detail))
    return errors


def tracking_problems(choice: Tracking, around: Surroundings) -> Errors:
    """`(pointer, detail)` of what no longer fits, or never did."""
    problems = []
    if not around.merges and choice.level not in _WITHOUT_MERGE:
        problems.append(("/level", f"recipients used in bulk can be tracked blind or not at all, not {choice.level}"))
    if reason := around.cap.level_reason(choice.level):
        problems.append(("/level", f"{reason}, not {choice.level}"))
    if choice.cookie_days is not None and (reason := around.cap.actions_reason()):
        problems.append(("/actions", reason))
    problems += _column_problems(choice, around)
    if missing := [link.url for link in choice.links if link not in around.links]:
        problems.append(("/links", f"the content no longer has the link {missing[0]} in this place"))
    if (count := len(tracked_links(choice, around.links))) > MAX_LINKS:
        problems.append(("/links", f"{count} links are too many: {MAX_LINKS} can be tracked, choose which"))
    return problems


def _column_problems(choice: Tracking, around: Surroundings) -> Errors:
    named = [("/identify_by", choice.identify_by), ("/consent_column", choice.consent_column)]
    profiles = [(f"/profile_columns/{at}", name) for at, name in enumerate(choice.profile_columns)]
    problems = [
        (pointer, f"there is no column {name}")
        for pointer, name in [*named, *profiles]
        if name is not None and name not in around.columns
    ]
    problems += [
        (pointer, f"the column {name} says who somebody is; a profile is made of what many share")
        for pointer, name in profiles
        if name in around.identity
    ]
    counted = choice.counted
    if counted is not None and around.snapshot_id is not None and counted.snapshot_id != around.snapshot_id:
        detail = "the recipients changed since consent and profiles were counted: choose the tracking once more"
        problems.append(("/profile_columns" if choice.profile_columns else "/consent_column", detail))
    return problems


def _wanted(choice: Tracking, links: Sequence[Link]) -> Sequence[Link]:
    return {Clicks.ALL: tuple(links), Clicks.NONE: (), Clicks.CHOSEN: choice.links}[choice.clicks]


def address_of(link: Link, choice: Tracking) -> str:
    """Where a link leads with the job's campaign; one with merge fields gets it when it is merged."""
    return link.url if link.personal else with_campaign(link.url, choice.campaign)


def tracked_links(choice: Tracking, links: Sequence[Link]) -> list[Link]:
    """The links of the content that are rewritten to the tracker."""
    seals = choice.level in _SEALS_TARGETS
    return [
        link
        for link in _wanted(choice, links)
        if (seals or not link.personal) and len(address_of(link, choice)) <= MAX_LINK_LENGTH
    ]


def left_out(choice: Tracking, links: Sequence[Link]) -> list[Link]:
    """The links that were wanted and cannot be tracked."""
    tracked = tracked_links(choice, links)
    return [link for link in _wanted(choice, links) if link not in tracked]


def tracking_plan(choice: Tracking, links: Sequence[Link]) -> TrackingPlanV1:
    """The choice as mailer and tracker are told."""
    tracked = tuple(
        TrackedLinkV1(
            number=int(link.id),
            part=link.part,
            url=address_of(link, choice),
            alias=link.alias,
            personal=link.personal,
        )
        for link in tracked_links(choice, links)
    )
    days = choice.cookie_days
    return TrackingPlanV1(
        level=choice.level,
        opens=choice.opens,
        links=tracked,
        consent_column=choice.consent_column,
        identify_by=choice.identify_by,
        profile_columns=choice.profile_columns,
        profiles=() if choice.counted is None else choice.counted.profiles,
        campaign=choice.campaign,
        actions=None if days is None else TrackedActionsV1(cookie_seconds=days * _DAY_SECONDS),
    )


def capped(choice: Tracking, cap: TrackingCap) -> Tracking:
    """The choice with what is allowed by now; what a lower level has no use for is left out."""
    if not cap.actions and choice.cookie_days is not None:
        choice = choice.model_copy(update={"cookie_days": None})
    if cap.allows(choice.level):
        return choice
    lost: dict[str, object] = {"level": cap.highest, "identify_by": None, "profile_columns": (), "counted": None}
    if cap.highest in _WITHOUT_MERGE:
        lost |= {"consent_column": None, "cookie_days": None}
    if cap.highest is TrackingLevel.OFF:
        lost |= {"opens": False, "clicks": Clicks.NONE, "links": ()}
    return choice.model_copy(update=lost)
