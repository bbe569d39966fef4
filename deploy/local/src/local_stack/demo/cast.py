"""Seven people who bought a Clean Air Machine, and what each does with the letter."""

import csv
import io
from dataclasses import dataclass
from typing import Literal

Part = Literal["html", "text"]

COLUMNS = ("ADDRESS", "NAME", "CITY", "PRODUCT", "SERIAL", "SHOP", "CHILDREN")


@dataclass(frozen=True)
class Person:
    """One recipient: the row of the file, and how the person behaves."""

    address: str
    name: str
    city: str
    product: str
    serial: str
    shop: str
    children: str
    reads: Part = "html"
    opens: int = 0
    """How often the HTML is looked at with its images; reading text loads nothing."""
    clicks: tuple[str, ...] = ()
    """Which links are followed, by their names in `letter.LINKS`; a name twice is followed twice."""

    def row(self) -> tuple[str, ...]:
        """The values in the order of `COLUMNS`."""
        return (self.address, self.name, self.city, self.product, self.serial, self.shop, self.children)


CAST = (
    Person(
        *("amara.okafor@harbour.example", "Amara Okafor", "Rotterdam", "CAM-200", "CA2-48817", "Havenzicht", "yes"),
        opens=2,
        clicks=("check", "collect"),
    ),
    Person(
        *("bruno.leitao@montanha.example", "Bruno Leitão", "Coimbra", "CAM-100", "CA1-20391", "Casa Clara", "no"),
        opens=1,
        clicks=("check",),
    ),
    Person(
        *("chiara.moretti@lago.example", "Chiara Moretti", "Como", "CAM-200", "CA2-50264", "Aria Nuova", "no"),
        reads="text",
        clicks=("check", "unplug"),
    ),
    Person(
        *("dmitri.vasenko@orchard.example", "Dmitri Vasenko", "Chișinău", "CAM-100", "CA1-18830", "Livada", "yes"),
        opens=1,
    ),
    Person(
        *("eunji.park@lantern.example", "Park Eun-ji", "Busan", "CAM-200", "CA2-61177", "Haeundae Home", "no"),
        opens=1,
        clicks=("questions", "stores", "stores"),
    ),
    Person(
        *("farid.haddad@cedar.example", "Farid Haddad", "Tripoli", "CAM-100", "CA1-33502", "Al Arz", "yes"),
        reads="text",
        clicks=("collect",),
    ),
    Person(*("greta.lindqvist@fjord.example", "Greta Lindqvist", "Umeå", "CAM-200", "CA2-70045", "Norrsken", "no")),
)


def recipient_file() -> bytes:
    """The cast as a semicolon-separated file, as a spreadsheet program writes it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows(person.row() for person in CAST)
    return text.getvalue().encode()
