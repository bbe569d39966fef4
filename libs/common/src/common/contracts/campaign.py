"""Campaign parameters in addresses: lui shows and registers the very addresses that mailer writes."""

from collections.abc import Sequence
from urllib.parse import quote, unquote_plus

_WEB = ("http://", "https://")


def with_campaign(url: str, parameters: Sequence[tuple[str, str]]) -> str:
    """`url` with each parameter it does not have yet, in front of its fragment; nothing else in it is touched.

    What is no address of the web stays as it is. Applied twice it changes nothing more.
    """
    if not parameters or not url[:8].lower().startswith(_WEB):
        return url
    head, mark, fragment = url.partition("#")
    _, question, query = head.partition("?")
    present = {unquote_plus(piece.partition("=")[0]) for piece in query.replace(";", "&").split("&")}
    lacking = [f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in parameters if name not in present]
    if not lacking:
        return url
    joint = "?" if not question else "" if not query or query.endswith("&") else "&"
    return f"{head}{joint}{'&'.join(lacking)}{mark}{fragment}"
