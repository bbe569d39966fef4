"""The letter that composing is measured with, and the people it goes to.

Text and HTML, twelve fields used in sixteen and fourteen places, three conditions, ten links in each part, pixel
and both ways to unsubscribe: 9.8 KB. The templates mean the same in Liquid and in Jinja2.
"""

import random
from collections.abc import Iterator
from typing import Any

from mailer.composing.schemas import ContentDocument
from mailer.composing.service import Recipient

COLUMNS = (
    "EMAIL", "SALUTATION", "FIRST", "LAST", "TOWN", "STATE", "COMPANY", "PRODUCT", "POINTS", "TIER", "AGENT", "RENEWAL",
)  # fmt: skip
TRACKER = "https://track.sender.example"
PAGES = "https://pages.sender.example"
BOUNCES = "bounces.sender.example"
LINKS = tuple(f"https://shop.sender.example/offers/{number}?campaign=autumn&position={number}" for number in range(10))
SUBJECT = "{{ FIRST }}, your {{ PRODUCT }} in {{ TOWN }}"

_PROSE = (
    "We have looked through everything that happened since our last letter and picked what is most likely to "
    "matter to you. Prices are valid until the end of the month; delivery is free above fifty euros. "
)
_TEXT_HEAD = """\
{{ SALUTATION }} {{ FIRST }} {{ LAST }},

this letter goes to {{ EMAIL }} because {{ COMPANY }} asked for news.
{% if TIER == "gold" %}As a gold customer you have {{ POINTS }} points.
{% else %}You have {{ POINTS }} points; gold begins at 1000.
{% endif %}{% if STATE == "NY" %}The shop in New York opens at nine.
{% endif %}{% if RENEWAL != "" %}Your contract for {{ PRODUCT }} is renewed on {{ RENEWAL }}.
{% endif %}
Near you: {{ TOWN }}, {{ STATE }}. Your contact: {{ AGENT }}.

"""
_TEXT_TAIL = """
{{ AGENT }} looks after {{ COMPANY }} in {{ TOWN }}.
Yours, {{ SALUTATION }} {{ LAST }}
"""
_HTML_HEAD = """\
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>News</title></head>
<body style="margin:0;font-family:Helvetica,Arial,sans-serif;color:#222">
<table role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td style="padding:24px">
<h1 style="font-size:22px">{{ SALUTATION }} {{ FIRST }} {{ LAST }}</h1>
<p>This letter goes to {{ EMAIL }} because {{ COMPANY }} asked for news.</p>
{% if TIER == "gold" %}<p>As a gold customer you have <b>{{ POINTS }}</b> points.</p>
{% else %}<p>You have {{ POINTS }} points; gold begins at 1000.</p>
{% endif %}{% if STATE == "NY" %}<p>The shop in New York opens at nine.</p>
{% endif %}{% if RENEWAL != "" %}<p>Your contract for {{ PRODUCT }} is renewed on {{ RENEWAL }}.</p>
{% endif %}<p>Near you: {{ TOWN }}, {{ STATE }}. Your contact: {{ AGENT }}.</p>
"""
_HTML_TAIL = """\
<p>{{ TOWN }}: {{ AGENT }} looks after {{ COMPANY }}.</p>
</td></tr></table>
</body></html>
"""


def text() -> str:
    """The text part."""
    links = "".join(f"Offer {number}: {url}\n" for number, url in enumerate(LINKS))
    return _TEXT_HEAD + (_PROSE + "\n\n") * 4 + links + _TEXT_TAIL


def html() -> str:
    """The HTML part."""
    before, after = '<p style="margin:0 0 12px 0"><a href="', '" style="color:#0a58ca">'
    rows = "".join(
        f"{before}{url.replace('&', '&amp;')}{after}Offer {number}</a></p>\n" for number, url in enumerate(LINKS)
    )
    return _HTML_HEAD + f"<p>{_PROSE}</p>\n" * 18 + rows + _HTML_TAIL


def document(**changes: Any) -> ContentDocument:
    """The content document, every link tracked."""
    links = [
        {"number": number, "part": part, "url": url, "alias": None, "personal": False}
        for number, (part, url) in enumerate(((part, url) for part in ("html", "text") for url in LINKS), start=1)
    ]
    said = {
        "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
        "delivery_number": 7,
        "subject": SUBJECT,
        "html": html(),
        "text": text(),
        "columns": list(COLUMNS),
        "address_column": "EMAIL",
        "name_column": "LAST",
        "sender": {"address": "news@sender.example", "name": "The Sender", "reply_to": "answers@sender.example"},
        "tracking": {"level": "personal", "opens": True, "links": links},
        "reference_time": "2026-11-22T09:00:00Z",
        "list_id": "news.sender.example",
    }
    return ContentDocument.model_validate({**said, **changes})


_FIRST = ("Ann", "Bo", "J\u00fcrgen", "Mar\u00eda", "Li", "Zo\u00eb", "Peter", "Fatima", "Olga", "Sam")
_TOWNS = ("New York", "K\u00f6ln", "Springfield", "Albany", "Z\u00fcrich", "S\u00e3o Paulo", "Boston", "Troy & Sons")
_COMPANIES = ("Acme <Ltd>", "Smith & Wesley", "Nord\u00f8st A/S", "Plain Works", "O'Neil", "Gro\u00dfhandel Weber")


def people(count: int, seed: int = 3) -> Iterator[Recipient]:
    """So many different people, the same ones every time; towns and tiers repeat as they do in life."""
    chance = random.Random(seed)  # noqa: S311 - for test data
    for number in range(1, count + 1):
        address = f"person{number}@example{number % 40}.org"
        last = f"Name{chance.randrange(20_000)}"
        values = [
            address,
            chance.choice(("Mr", "Ms", "Dr")),
            chance.choice(_FIRST),
            last,
            chance.choice(_TOWNS),
            chance.choice(("NY", "CA", "TX", "")),
            chance.choice(_COMPANIES),
            chance.choice(("Basic", "Plus", "Pro = more")),
            str(chance.randrange(2_000)),
            chance.choice(("gold", "silver")),
            chance.choice(("Kim Park", "Lee Wood", "\u00c9ric")),
            chance.choice(("", "2027-01-01", "2027-03-31")),
        ]
        yield Recipient(number, address, values)
