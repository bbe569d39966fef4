"""Four hundred people who like clean air, the same ones every time."""

import csv
import io
import random

COLUMNS = ("ADDRESS", "NAME", "CITY", "PRODUCT")
COUNT = 400
_GIVEN = ("Amara", "Bruno", "Chiara", "Dmitri", "Eun-ji", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Kemal", "Lucía")
_FAMILY = ("Okafor", "Leitão", "Moretti", "Vasenko", "Park", "Haddad", "Lindqvist", "Sato", "Duarte", "Weber", "Yilmaz")
_CITIES = ("Rotterdam", "Coimbra", "Como", "Chișinău", "Busan", "Tripoli", "Umeå", "Osaka", "Porto", "Mainz")
_PRODUCTS = ("CAM-100", "CAM-200")
_HOSTS = ("harbour.example", "montanha.example", "lago.example", "orchard.example", "lantern.example")


def recipient_file() -> bytes:
    """Everybody as a comma-separated file."""
    chance = random.Random("people")  # noqa: S311 - the same people every time
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for number in range(1, COUNT + 1):
        name = f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
        writer.writerow((address_of(number), name, chance.choice(_CITIES), chance.choice(_PRODUCTS)))
    return text.getvalue().encode()


def address_of(ordinal: int) -> str:
    """The address of one of them."""
    return f"reader{ordinal:03d}@{_HOSTS[ordinal % len(_HOSTS)]}"


def reads_text(ordinal: int) -> bool:
    """Every seventh reads the text part, and loads no pictures."""
    return ordinal % 7 == 0
