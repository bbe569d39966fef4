"""What the recipients did, counted as it was done."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from local_stack.demo.cast import CAST, Part, Person
from local_stack.demo.letter import LINKS, leads_to
from local_stack.demo.mailbox import Mail, Reader
from local_stack.layout import StackError


@dataclass
class Tally:
    """The truth that the report must match: every load of the pixel and every followed link."""

    opens: int = 0
    openers: set[str] = field(default_factory=set)
    clicks: Counter[tuple[Part, str]] = field(default_factory=Counter)
    clickers: dict[tuple[Part, str], set[str]] = field(default_factory=dict)

    def opened(self, person: Person) -> None:
        """Count one load of the pixel."""
        self.opens += 1
        self.openers.add(person.address)

    def clicked(self, person: Person, link: str) -> None:
        """Count one followed link."""
        key = (person.reads, link)
        self.clicks[key] += 1
        self.clickers.setdefault(key, set()).add(person.address)

    def in_part(self, part: Part) -> int:
        """All clicks in one part of the letter."""
        return sum(count for (where, _), count in self.clicks.items() if where == part)

    def people_who_clicked(self) -> int:
        """How many people followed at least one link."""
        return len(set().union(*self.clickers.values())) if self.clickers else 0


def act(mails: Mapping[str, Mail], reader: Reader) -> Tally:
    """Let everybody of the cast read, look and click."""
    tally = Tally()
    for person in CAST:
        mail = mails[person.address]
        for _ in range(person.opens):
            reader.load(_pixel(mail))
            tally.opened(person)
        for link in person.clicks:
            _click(reader, mail, person, link)
            tally.clicked(person, link)
    return tally


def _pixel(mail: Mail) -> str:
    if not mail.images:
        raise StackError(f"the letter to {mail.address} has no pixel")
    return mail.images[-1]


def _click(reader: Reader, mail: Mail, person: Person, link: str) -> None:
    # The links stand in the letter in the order in which they were written, before the unsubscribe link.
    position = list(LINKS).index(link)
    target = reader.follow(mail.links[person.reads][position])
    if not leads_to(link, target):
        raise StackError(f"the link {link!r} of {mail.address} leads to {target}")
    if link == "check" and not target.endswith(f"={person.serial}"):
        raise StackError(f"{mail.address} was given somebody else's link: {target}")
