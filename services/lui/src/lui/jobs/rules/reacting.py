"""Which jobs can be asked who reacted, and what their links are called."""

from collections.abc import Collection, Sequence

from common.contracts.lui import TrackedLinkV1, TrackingLevel, TrackingPlanV1
from lui.audience.reacting import AskableLinkOut, Did


def reason_against(levels: Collection[TrackingLevel]) -> str | None:
    """Why the recipients of a job with deliveries at these levels cannot be chosen by reaction; None: they can."""
    if not levels:
        return "the job was not delivered yet"
    others = sorted({level.value for level in levels if level is not TrackingLevel.PERSONAL})
    if not others:
        return None
    if others == [TrackingLevel.OFF.value]:
        return "the job was not tracked: nobody can know who reacted"
    return f"the job was tracked at the level {' and '.join(others)}: only personal tracking tells who reacted"


def label_of(link: TrackedLinkV1) -> str:
    """What people call a link: its alias, else where it leads."""
    return link.alias or link.url


def labelled(links: Sequence[TrackedLinkV1], labels: Collection[str] | None) -> list[TrackedLinkV1]:
    """The links that go by one of the labels; without labels none is picked out."""
    return [] if labels is None else [link for link in links if label_of(link) in labels]


def askable_links(links: Sequence[TrackedLinkV1]) -> list[AskableLinkOut]:
    """The links by label, in the order in which they stand in the message."""
    by_label: dict[str, list[TrackedLinkV1]] = {}
    for link in links:
        by_label.setdefault(label_of(link), []).append(link)
    return [
        AskableLinkOut(
            label=label,
            parts=[part for part in ("html", "text") if part in {link.part for link in found}],
            urls=list(dict.fromkeys(link.url for link in found)),
        )
        for label, found in by_label.items()
    ]


def askable(plans: Collection[TrackingPlanV1]) -> list[Did]:
    """What can be asked of a job's recipients."""
    dids: list[Did] = []
    if any(plan.opens for plan in plans):
        dids += [Did.OPENED, Did.NOT_OPENED]
    if any(plan.links for plan in plans):
        dids += [Did.CLICKED, Did.NOT_CLICKED]
    dids += [Did.BOUNCED, Did.NOT_BOUNCED]
    if any(plan.actions is not None for plan in plans):
        dids.append(Did.ACTED)
    return dids
