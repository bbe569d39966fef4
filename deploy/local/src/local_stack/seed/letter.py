"""What the mailings say: one shape, five links in each part."""

from dataclasses import dataclass

_SITE = "https://news.clean-air-machine.example"
SENDER = {"address": "news@clean-air-machine.example", "name": "Clean Air News"}

LINKS = (
    ("Read the story", "story"),
    ("Shop", "shop"),
    ("Find a dealer", "dealers"),
    ("Ask us", "questions"),
    ("Imprint", "imprint"),
)
"""What each link is called in reports, and where it leads."""


@dataclass(frozen=True)
class Letter:
    """Subject and both parts."""

    subject: str
    html: str
    text: str


def letter_about(key: str, topic: str) -> Letter:
    """The letter of one mailing."""
    targets = [(alias, f"{_SITE}/{key}/{path}") for alias, path in LINKS]
    items = "".join(f'<li><a href="{url}" data-alias="{alias}">{alias}</a></li>' for alias, url in targets)
    listed = "\n\n".join(f"{alias}:\n{url}" for alias, url in targets)
    return Letter(
        subject=f"{{{{ NAME }}}}: {topic}",
        html=(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clean Air News</title></head><body>'
            f"<h1>{topic}</h1><p>Dear {{{{ NAME }}}} in {{{{ CITY }}}}, here is what your {{{{ PRODUCT }}}} can do.</p>"
            f'<ul>{items}</ul><p><a href="{{{{ unsubscribe_url }}}}">No more letters like this</a></p></body></html>'
        ),
        text=(
            f"{topic}\n\nDear {{{{ NAME }}}} in {{{{ CITY }}}}, here is what your {{{{ PRODUCT }}}} can do.\n\n"
            f"{listed}\n\nNo more letters like this:\n{{{{ unsubscribe_url }}}}\n"
        ),
    )
