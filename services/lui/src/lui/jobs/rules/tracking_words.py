"""What people are told about a choice of tracking."""

from common.contracts.lui import MAX_LINK_LENGTH, TrackingLevel
from lui.audience.rules.profiles import SMALLEST_PROFILE
from lui.jobs.rules.tracking import Surroundings, address_of, left_out
from lui.jobs.tracking import Tracking
from lui.jobs.words import Clicks

_NO_FOLLOW_UP = "nobody can be written to again by what they did with this mailing"
_NO_PERSONAL_LINKS = "links that differ from recipient to recipient are not tracked"
_LIMITS: dict[TrackingLevel, tuple[str, ...]] = {
    TrackingLevel.OFF: ("nothing is recorded, and reports stay empty",),
    TrackingLevel.BLIND: (
        "reports count opens and clicks, but know neither how many different people that was nor who",
        _NO_PERSONAL_LINKS,
        _NO_FOLLOW_UP,
    ),
    TrackingLevel.UNIQUE: ("reports know how many different people reacted, but not who", _NO_FOLLOW_UP),
    TrackingLevel.ANONYMOUS: (
        "reports know which profiles reacted, but neither who nor how many different people",
        _NO_PERSONAL_LINKS,
        _NO_FOLLOW_UP,
    ),
    TrackingLevel.PERSONAL: (),
}


def level_limits(level: TrackingLevel) -> list[str]:
    """What reports cannot know at a level."""
    return list(_LIMITS[level])


def tracking_warnings(choice: Tracking, around: Surroundings) -> list[str]:
    """What the author should know of a choice that can be sent."""
    warnings = []
    if choice.opens and not around.has_html:
        warnings.append("opens cannot be seen: the content has no HTML part")
    for link in left_out(choice, around.links):
        if len(address_of(link, choice)) > MAX_LINK_LENGTH:
            warnings.append(
                f"the link {link.url[:60]}… is longer than {MAX_LINK_LENGTH:,} characters and is not tracked"
            )
        else:
            warnings.append(f"the link {link.url} differs by recipient and is not tracked at the level {choice.level}")
    return [*warnings, *_about_people(choice), *_about_actions(choice)]


def _about_people(choice: Tracking) -> list[str]:
    counted, warnings = choice.counted, []
    if choice.level is TrackingLevel.ANONYMOUS and not choice.profile_columns:
        warnings.append("no columns make profiles: reports show totals, as at the level blind")
    if counted is None:
        return warnings
    if counted.consenting is not None and counted.consenting < counted.people:
        refusing = counted.people - counted.consenting
        warnings.append(
            f"{refusing:,} of {counted.people:,} recipients did not consent in the column {choice.consent_column}: "
            "what they do is counted as at the level blind"
        )
    if counted.merged_profiles and choice.profile_columns:
        warnings.append(
            f"{counted.merged_profiles:,} profiles with {counted.merged_people:,} recipients are merged into one, "
            f"because a profile of fewer than {SMALLEST_PROFILE} would tell who somebody is"
            if counted.profiles
            else f"all {counted.merged_profiles:,} profiles are merged into one: none that could stand for itself "
            f"has {SMALLEST_PROFILE} recipients"
        )
    return warnings


def _about_actions(choice: Tracking) -> list[str]:
    if choice.cookie_days is None or choice.opens or choice.clicks is not Clicks.NONE:
        return []
    return ["actions cannot be seen: neither an open nor a click is tracked that could set the cookie"]
