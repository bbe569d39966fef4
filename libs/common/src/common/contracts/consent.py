"""What counts as consent in a column of recipients: one list for everybody who has to decide it."""

_YES = frozenset({"1", "true", "t", "yes", "y", "on", "ja", "j", "x", "oui", "si", "sí"})


def is_consent(value: str) -> bool:
    """Whether a recipient's value permits knowing who it is; what is not clearly a yes is a no."""
    return value.strip().casefold() in _YES
