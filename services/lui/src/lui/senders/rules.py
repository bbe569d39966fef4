"""Which senders can stand in the headers of a message (RFC 5322, section 3.6.2)."""

import unicodedata

from common.contracts.problem import Invalid
from lui.audience.rules.addresses import NotAnAddress, checked_address
from lui.senders.schemas import AutomaticBounces, Bounces, BouncesTo, Sender, SenderIn


def checked_sender(asked: SenderIn) -> Sender:
    """The sender with its addresses ready for use. Raises Invalid pointing at every field that is wrong."""
    errors: list[tuple[str, str]] = []
    address = _address("/address", asked.address, errors)
    reply_to = _reply_to(asked.reply_to, errors) if asked.reply_to else None
    name = _name(asked.name, errors)
    bounces: Bounces = AutomaticBounces(mode="automatic")
    if isinstance(asked.bounces, BouncesTo):
        bounces = BouncesTo(mode="address", address=_address("/bounces/address", asked.bounces.address, errors))
    if errors:
        raise Invalid(*errors)
    return Sender(address=address, name=name, reply_to=reply_to, bounces=bounces)


def _address(pointer: str, text: str, errors: list[tuple[str, str]]) -> str:
    if is_merged(text):
        # The domain decides who signs the message, and reports of failures must find their way.
        errors.append((pointer, "an address cannot hold merge fields"))
        return ""
    try:
        return checked_address(text)
    except NotAnAddress as error:
        errors.append((pointer, str(error)))
        return ""


def _reply_to(text: str, errors: list[tuple[str, str]]) -> str:
    """An address, or one that is merged for each recipient; whoever it becomes none for fails alone."""
    if not is_merged(text):
        return _address("/reply_to", text, errors)
    _refuse_controls("/reply_to", text, errors)
    return text.strip()


def _refuse_controls(pointer: str, text: str, errors: list[tuple[str, str]]) -> None:
    if any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in text):
        errors.append((pointer, "there is a line break or another control character in it"))


def merged_texts(sender: Sender) -> list[tuple[str, str]]:
    """The fields of a sender that hold merge fields, with their pointers."""
    texts = (("/name", sender.name), ("/reply_to", sender.reply_to))
    return [(pointer, text) for pointer, text in texts if text and is_merged(text)]


def _name(text: str | None, errors: list[tuple[str, str]]) -> str | None:
    if text is None:
        return None
    _refuse_controls("/name", text, errors)
    return text.strip() or None


def is_merged(text: str) -> bool:
    """Whether the merge language has anything to do in `text`."""
    return "{{" in text or "{%" in text
