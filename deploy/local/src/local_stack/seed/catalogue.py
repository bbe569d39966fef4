"""What the demonstration data set is made of: six mailings, and what their recipients did month by month.

The sums of last month are those of the report that the whitepaper shows: any link 2,303 = HTML 1,961 + text 342.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Level = Literal["blind", "unique", "personal"]

REPORT = "Monthly sum"
ANY_LINK, IN_HTML, IN_TEXT = 2_303, 1_961, 342
LAST_MONTH = 1


@dataclass(frozen=True)
class Reactions:
    """What was done within one month."""

    opens: int
    html: int
    text: int


@dataclass(frozen=True)
class Mailing:
    """One job, and what became of it."""

    key: str
    topic: str
    months_ago: int
    level: Level
    reactions: dict[int, Reactions] = field(default_factory=dict)
    """By how many months ago."""

    def title(self, today: date) -> str:
        """As it stands in the list of jobs."""
        return f"{self.topic}, {first_of(today, self.months_ago):%B %Y}"


MAILINGS = (
    Mailing("pollen", "Clean Air News: pollen season", 5, "blind",
            {5: Reactions(1_104, 684, 131), 4: Reactions(96, 57, 9)}),
    Mailing("holiday", "Clean Air News: holiday mode", 4, "unique",
            {4: Reactions(1_180, 702, 118), 3: Reactions(120, 66, 12)}),
    Mailing("filter", "Clean Air News: the new filter", 2, "personal",
            {2: Reactions(1_402, 911, 160), 1: Reactions(231, 145, 23)}),
    Mailing("recall", "Filter recall", 1, "personal", {1: Reactions(987, 612, 121)}),
    Mailing("heating", "Clean Air News: heating season", 1, "personal", {1: Reactions(1_733, 1_204, 198)}),
    Mailing("winter", "Clean Air News: winter offer", 0, "personal"),
)  # fmt: skip
"""The last one was sent just now: what is done with it is done while the data set is made."""


def first_of(today: date, months_ago: int) -> date:
    """The first day of a month."""
    months = 12 * today.year + today.month - 1 - months_ago
    return date(months // 12, months % 12 + 1, 1)
