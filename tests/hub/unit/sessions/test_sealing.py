import secrets

import pytest

from hub.sessions.sealing import SealBroken, Sealer

KEY, OTHER = secrets.token_bytes(32), secrets.token_bytes(32)


def test_what_is_sealed_opens_for_the_same_purpose_only() -> None:
    sealer = Sealer([KEY])
    sealed = sealer.seal(b"secret", purpose="signing key a")
    assert b"secret" not in sealed
    assert sealer.open(sealed, purpose="signing key a") == b"secret"
    with pytest.raises(SealBroken):
        sealer.open(sealed, purpose="signing key b")


def test_the_same_secret_never_looks_the_same() -> None:
    sealer = Sealer([KEY])
    assert sealer.seal(b"secret", purpose="p") != sealer.seal(b"secret", purpose="p")


@pytest.mark.parametrize("position", [0, 1, 5, 17, -1])
def test_one_altered_octet_breaks_the_seal(position: int) -> None:
    sealer = Sealer([KEY])
    sealed = bytearray(sealer.seal(b"secret", purpose="p"))
    sealed[position] ^= 1
    with pytest.raises(SealBroken):
        sealer.open(bytes(sealed), purpose="p")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"x" * 10])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        Sealer([KEY]).open(sealed, purpose="p")


def test_a_change_of_key_opens_what_the_old_one_sealed_and_seals_with_the_new_one() -> None:
    old, both, new = Sealer([KEY]), Sealer([OTHER, KEY]), Sealer([OTHER])
    assert both.open(old.seal(b"secret", purpose="p"), purpose="p") == b"secret"
    assert new.open(both.seal(b"secret", purpose="p"), purpose="p") == b"secret"
    with pytest.raises(SealBroken):
        new.open(old.seal(b"secret", purpose="p"), purpose="p")


def test_without_a_key_there_is_no_sealer() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Sealer([])


def test_labels_are_the_same_every_time_and_keep_their_parts_apart() -> None:
    assert Sealer([KEY]).label("account", "ada", "") == Sealer([KEY]).label("account", "ada", "")
    assert Sealer([KEY]).label("account", "ada", "") != Sealer([KEY]).label("account", "", "ada")
    assert Sealer([KEY]).label("account", "ada") != Sealer([OTHER]).label("account", "ada")
    # No hexadecimal digit in it, so that chance cannot spell it.
    assert "zoë" not in Sealer([KEY]).label("account", "zoë")
