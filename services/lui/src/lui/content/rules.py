"""What can be said about content without knowing the merge language."""

import re
from collections.abc import Collection, Iterable, Sequence

from common.contracts.problem import Invalid
from lui.content.schemas import ContentIn, MergeFieldOut

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def require_writable(content: ContentIn) -> None:
    """Raises Invalid unless the subject is one line and there is at least one part, free of control characters."""
    errors = []
    if not content.subject.strip():
        errors.append(("/subject", "the subject is empty"))
    elif len(content.subject.splitlines()) > 1 or _UNPRINTABLE.search(content.subject) or "\t" in content.subject:
        errors.append(("/subject", "the subject must be one line without control characters"))
    parts = (("html", content.html), ("text", content.text))
    if not any(part and part.strip() for _, part in parts):
        errors.append(("", "write an HTML part, a text part, or both"))
    for name, part in parts:
        if part and (found := _UNPRINTABLE.search(part)):
            line = part.count("\n", 0, found.start()) + 1
            errors.append((f"/{name}", f"line {line}: the control character 0x{ord(found[0]):02X} cannot be sent"))
    if errors:
        raise Invalid(*errors)


def unknown_fields(fields: Iterable[MergeFieldOut], columns: Collection[str]) -> Sequence[str]:
    """The merge fields that no column fills, in order of appearance, each once."""
    return list(dict.fromkeys(field.name for field in fields if field.name not in columns))
