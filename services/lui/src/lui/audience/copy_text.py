"""Rows as PostgreSQL's COPY text format reads them (PostgreSQL manual, COPY, "Text Format")."""

import re
from collections.abc import Sequence

_SPECIAL = re.compile(r'[\\"\t\n\r\x08\x0b\x0c]')
_IN_COPY = str.maketrans(
    {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x08": "\\b", "\x0b": "\\v", "\x0c": "\\f"}
)


def copy_value(text: str) -> str:
    """One text value."""
    return text.translate(_IN_COPY) if _SPECIAL.search(text) else text


def copy_array(values: Sequence[str]) -> str:
    """One `text[]` value."""
    joined = '","'.join(values)
    # The quotes that join the elements are the only ones allowed on the short way.
    if joined.count('"') == 2 * (len(values) - 1) and not _SPECIAL.search(joined.replace('"', "")):
        return '{"' + joined + '"}' if values else "{}"
    elements = ('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return ("{" + ",".join(elements) + "}").translate(_IN_COPY)
