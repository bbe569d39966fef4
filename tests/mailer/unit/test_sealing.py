"""What is sealed opens with its key and for its purpose, and nowhere else."""

import pytest
from pydantic import ValidationError

from mailer.config import MailerSettings
from mailer.sealing import SealBroken, Sealer, SealingNotConfigured
from tests.support.http import make_settings

OLD, NEW = b"o" * 32, b"n" * 32


def test_what_is_sealed_opens_for_its_purpose_only() -> None:
    sealer = Sealer([OLD])
    sealed = sealer.seal(b"secret", purpose="dkim/1")
    assert sealer.open(sealed, purpose="dkim/1") == b"secret"
    assert b"secret" not in sealed
    assert sealed != sealer.seal(b"secret", purpose="dkim/1")
    for broken in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:10], b"", b"\x02" + sealed[1:]):
        with pytest.raises(SealBroken):
            sealer.open(broken, purpose="dkim/1")
    with pytest.raises(SealBroken, match="another purpose"):
        sealer.open(sealed, purpose="dkim/2")


def test_a_key_is_changed_by_putting_the_new_one_first() -> None:
    sealed = Sealer([OLD]).seal(b"secret", purpose="p")
    both = Sealer([NEW, OLD])
    assert both.open(sealed, purpose="p") == b"secret"
    again = both.seal(b"secret", purpose="p")
    assert Sealer([NEW]).open(again, purpose="p") == b"secret"
    with pytest.raises(SealBroken, match="not configured"):
        Sealer([NEW]).open(sealed, purpose="p")


def test_without_a_key_nothing_is_kept_in_clear_instead() -> None:
    with pytest.raises(SealingNotConfigured, match="MAILER_ENCRYPTION_KEY"):
        Sealer([]).seal(b"secret", purpose="p")


@pytest.mark.parametrize("key", ["c2hvcnQ", "not base64!", f"{'QUJD' * 11},c2hvcnQ"])
def test_a_key_that_is_none_is_refused_without_being_quoted(key: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make_settings(
            MailerSettings,
            database_url="postgresql+psycopg://localhost/none",
            token_keys="dG9rZW4ga2V5IG9mIGF0IGxlYXN0IDMyIG9jdGV0cyE",
            lui_url="http://lui.test",
            tracker_public_url="http://track.test",
            unsubscribe_url="http://pages.test",
            smtp={"host": "127.0.0.1"},
            encryption_key=key,
        )
    assert "encryption_key" in str(refused.value)
    assert key not in str(refused.value)
