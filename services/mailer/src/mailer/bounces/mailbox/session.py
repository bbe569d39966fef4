"""One visit to an IMAP mailbox, in words of our own; blocking, so it runs in a thread."""

import contextlib
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imapclient import IMAPClient, SocketTimeout  # type: ignore[import-untyped]
from imapclient.exceptions import (  # type: ignore[import-untyped]
    CapabilityError,
    IMAPClientError,
    LoginError,
)

from mailer.bounces.intake import MAX_MESSAGE
from mailer.config import ImapSettings

_MISSING = b""


class MailboxDown(Exception):
    """The mailbox cannot be read; the text says why in plain words, without a password."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in the mailbox; without octets when it is too large to be a report."""

    uid: int
    octets: bytes | None


class MailboxVisit:
    """An open connection with the folder selected."""

    def __init__(self, client: IMAPClient, settings: ImapSettings, validity: int) -> None:
        self._client = client
        self._settings = settings
        self.validity = validity
        """While it stays the same, a message's number means the same message."""

    @classmethod
    def open(cls, settings: ImapSettings) -> "MailboxVisit":
        """Connect as the policy wants it, sign in, select the folder. Raises MailboxDown."""
        with _in_words(settings):
            timeout = SocketTimeout(connect=settings.timeout_seconds, read=settings.timeout_seconds)
            context = None if settings.tls == "none" else _context(settings)
            client = IMAPClient(
                settings.host, settings.port, ssl=settings.tls == "implicit", ssl_context=context, timeout=timeout
            )
        try:
            with _in_words(settings):
                if settings.tls == "starttls":
                    # Refused or not offered: nothing is sent in clear instead.
                    client.starttls(context)
                client.login(settings.user, settings.password.get_secret_value())
                selected = client.select_folder(settings.folder)
                return cls(client, settings, int(selected[b"UIDVALIDITY"]))
        except MailboxDown:
            _hang_up(client)
            raise

    def behind(self, uid: int) -> list[int]:
        """Numbers of the messages behind one, in order."""
        with _in_words(self._settings):
            # `n:*` holds the last message even when its number is below n.
            return sorted(found for found in self._client.search(["UID", f"{uid + 1}:*"]) if found > uid)

    def fetch(self, uids: Sequence[int]) -> list[Letter]:
        """These messages as they came; one that is gone is left out."""
        with _in_words(self._settings):
            sizes = self._client.fetch(list(uids), ["RFC822.SIZE"])
            small = [uid for uid in uids if uid in sizes and int(sizes[uid][b"RFC822.SIZE"]) <= MAX_MESSAGE]
            large = [Letter(uid, None) for uid in uids if uid in sizes and uid not in small]
            letters = list(large)
            for uid in small:
                # One at a time: a batch of large ones would be in memory together.
                found = self._client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {})
                letters.append(Letter(uid, bytes(found.get(b"BODY[]", _MISSING) or _MISSING)))
            return sorted(letters, key=lambda letter: letter.uid)

    def done(self, uids: Sequence[int]) -> None:
        """These were taken in: move them, or mark them as seen."""
        if not uids:
            return
        with _in_words(self._settings):
            if self._settings.done_folder:
                self._move(uids, self._settings.done_folder)
            else:
                self._client.add_flags(list(uids), [b"\\Seen"])

    def put_aside(self, uids: Sequence[int]) -> None:
        """These cannot be taken in: somebody may look at them."""
        if uids:
            with _in_words(self._settings):
                self._move(uids, self._settings.quarantine_folder)

    def _move(self, uids: Sequence[int], folder: str) -> None:
        client, chosen = self._client, list(uids)
        if not client.folder_exists(folder):
            client.create_folder(folder)
        if client.has_capability("MOVE"):
            client.move(chosen, folder)
            return
        client.copy(chosen, folder)
        client.add_flags(chosen, [b"\\Deleted"])
        if client.has_capability("UIDPLUS"):
            client.uid_expunge(chosen)

    def close(self) -> None:
        """Hang up politely, or not at all."""
        _hang_up(self._client)


def _context(settings: ImapSettings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None)


def _hang_up(client: IMAPClient) -> None:
    with contextlib.suppress(IMAPClientError, OSError):
        client.logout()
    with contextlib.suppress(IMAPClientError, OSError, AttributeError):
        client.shutdown()


@contextlib.contextmanager
def _in_words(settings: ImapSettings) -> Iterator[None]:
    where = f"{settings.host}:{settings.port}"
    try:
        yield
    except LoginError as error:
        raise MailboxDown(f"{where} refused the user name or the password") from error
    except ssl.SSLError as error:
        raise MailboxDown(f"{where} has no certificate that is trusted: {error.reason or 'TLS failed'}") from error
    except CapabilityError as error:
        raise MailboxDown(f"{where} offers no STARTTLS, and nothing is sent in clear") from error
    except TimeoutError as error:
        raise MailboxDown(f"{where} did not answer within {settings.timeout_seconds:g} s") from error
    except OSError as error:
        raise MailboxDown(f"{where} cannot be reached: {error.strerror or type(error).__name__}") from error
    except (IMAPClientError, KeyError, ValueError) as error:
        raise MailboxDown(f"{where} answered something else than was asked ({type(error).__name__})") from error
