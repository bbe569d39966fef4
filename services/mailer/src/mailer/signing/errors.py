"""What can be wrong with signing keys."""

from common.contracts.problem import Problem


class KeyNotFound(Problem):
    """No such key."""

    status, slug, title = 404, "dkim-key-not-found", "There is no such signing key"


class KeyExists(Problem):
    """The domain has a key under this selector; a selector names one key for ever."""

    status, slug, title = 409, "dkim-key-exists", "This selector is taken"


class KeyInUse(Problem):
    """An active key cannot be removed."""

    status, slug, title = 409, "dkim-key-active", "The key is active"


class RecordNotFound(Problem):
    """Receivers would not find the key: its record is missing, another, or could not be looked up."""

    status, slug, title = 409, "dkim-record-not-found", "The key's DNS record was not found"


class KeysUnreadable(Exception):
    """The keys a delivery is signed with cannot be used; it must not be sent without. The text says why."""
