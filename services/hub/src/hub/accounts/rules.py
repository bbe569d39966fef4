"""What accounts may be and do: which rights, which passwords, who may manage whom."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from common.contracts.problem import Invalid
from hub.accounts.errors import AccountBeyondReach, OwnAccount
from hub.accounts.rights import Right
from hub.accounts.weak_passwords import WEAK_PASSWORDS

PASSWORD_MINIMUM = 10
PASSWORD_LIMIT = 256
_DISTINCT_MINIMUM = 4
_ADDRESS_LIMIT = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets


@dataclass(frozen=True)
class Administrator:
    """Who is about to act on an account."""

    account_id: str
    group_id: str | None
    rights: frozenset[str]

    def reaches(self, group_id: str | None) -> bool:
        """Whether accounts of that group may be seen: all of them without a group of one's own, else only those."""
        return self.group_id is None or self.group_id == group_id


def chosen_rights(names: Iterable[str], *, pointer: str = "/rights") -> tuple[Right, ...]:
    """The named rights in the catalogue's order, each once; raises `Invalid` at `pointer`/position of unknown ones."""
    asked = list(names)
    known = {right.value for right in Right}
    unknown = [(f"{pointer}/{at}", f"There is no right {name!r}") for at, name in enumerate(asked) if name not in known]
    if unknown:
        raise Invalid(*unknown)
    return in_order(asked)


def in_order(names: Collection[str]) -> tuple[Right, ...]:
    """The rights among `names`, in the catalogue's order."""
    return tuple(right for right in Right if right.value in names)


def require_strong_password(password: str, *, names: Collection[str | None], pointer: str = "/password") -> None:
    """Raises `Invalid` at `pointer` for a password that is short, endless, well known, or one of `names`."""
    plain = normal_password(password)
    if len(plain) < PASSWORD_MINIMUM:
        raise Invalid((pointer, f"A password has at least {PASSWORD_MINIMUM} characters"))
    if len(plain) > PASSWORD_LIMIT:
        raise Invalid((pointer, f"A password has at most {PASSWORD_LIMIT} characters"))
    folded = plain.casefold()
    if any(name is not None and folded == normal_password(name).casefold() for name in names):
        raise Invalid((pointer, "The password may not be the account's or the group's name"))
    if len(set(folded)) < _DISTINCT_MINIMUM or folded in WEAK_PASSWORDS:
        raise Invalid((pointer, "This password is among the first that are tried; take another"))


def normal_password(password: str) -> str:
    """The same octets for the same password, whichever way a keyboard composes its letters (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def checked_contact_address(address: str | None, *, pointer: str = "/contact_address") -> str | None:
    """The address, or None for an empty one; raises `Invalid` for what cannot be an e-mail address."""
    if address is None or not address.strip():
        return None
    trimmed = address.strip()
    local, at, domain = trimmed.rpartition("@")
    visible = all(character.isprintable() and character != " " for character in trimmed)
    if not (at and local and domain.strip(".")) or "@" in local or not visible or len(trimmed) > _ADDRESS_LIMIT:
        raise Invalid((pointer, "This is not an e-mail address"))
    return trimmed


def require_may_manage(by: Administrator, held: Collection[str]) -> None:
    """Raises `AccountBeyondReach` when an account holds a right that `by` lacks.

    Without this, the right to administer accounts would be every right: set another's password, sign in as them.
    """
    missing = in_order(set(held) - by.rights)
    if missing:
        raise AccountBeyondReach("This account holds rights that you do not hold yourself", rights=list(missing))


def require_may_grant(by: Administrator, wanted: Collection[str], *, pointer: str = "/rights") -> None:
    """Raises `Invalid` when `by` would hand out a right they do not hold."""
    missing = in_order(set(wanted) - by.rights)
    if missing:
        raise Invalid((pointer, "You can only grant rights you hold yourself; you lack " + ", ".join(missing)))


def require_other(by: Administrator, account_id: str, doing: str) -> None:
    """Raises `OwnAccount` when someone would do to themselves what cannot be undone by themselves."""
    if by.account_id == account_id:
        raise OwnAccount(f"You cannot {doing} your own account; ask another administrator")
