"""The letter of the demonstration: a product recall with merge fields, conditional text and five links."""

from pathlib import Path

_FOLDER = Path(__file__).parent
_SITE = "https://recall.clean-air-machine.example"

LINKS = {
    "check": f"{_SITE}/check?serial={{{{ SERIAL }}}}",
    "unplug": f"{_SITE}/unplug",
    "collect": f"{_SITE}/collect",
    "stores": f"{_SITE}/stores",
    "questions": f"{_SITE}/questions",
}
"""What the links lead to, in the order in which both parts have them; the first is different for everybody."""

SUBJECT = "{{ NAME }}, please stop using your {{ PRODUCT }} Clean Air Machine"
SENDER = {"address": "safety@clean-air-machine.example", "name": "Clean Air Machine Safety"}
HTML = (_FOLDER / "recall.html").read_text(encoding="utf-8")
TEXT = (_FOLDER / "recall.txt").read_text(encoding="utf-8")


def leads_to(link: str, target: str) -> bool:
    """Whether a followed link's target is that of the link with this name, whoever it was made for."""
    start, brace, _ = LINKS[link].partition("{{")
    return target.startswith(start) if brace else target == start
