"""A small IMAP server (RFC 3501 with UIDPLUS and MOVE, as far as a reader of reports uses it)."""

import asyncio
import contextlib
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


@dataclass
class Stored:
    """A message in a folder."""

    uid: int
    octets: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class MailServer:
    """Folders of one user; each connection may have one open."""

    password: str = "secret"
    can_move: bool = True
    tls: ssl.SSLContext | None = None
    offers_starttls: bool = False
    validity: int = 1
    folders: dict[str, list[Stored]] = field(default_factory=lambda: {"INBOX": []})
    logins: int = 0
    commands: list[str] = field(default_factory=list)
    is_silent: bool = False
    """Takes connections and says nothing."""
    drop_at: str | None = None
    """Hang up instead of answering this command."""
    port: int = 0
    _next_uid: int = 1

    def put(self, octets: bytes, folder: str = "INBOX") -> int:
        """Deliver a message."""
        stored = Stored(self._next_uid, octets)
        self._next_uid += 1
        self.folders.setdefault(folder, []).append(stored)
        return stored.uid

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            await _Talk(self, reader, writer).run()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()


class _Talk:
    def __init__(self, server: MailServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._folder = "INBOX"

    async def run(self) -> None:
        if self._server.is_silent:
            await self._reader.read()
            return
        self._say("* OK ready")
        while line := await self._reader.readline():
            text = line.decode().rstrip("\r\n")
            tag, _, rest = text.partition(" ")
            words = [quoted or plain for quoted, plain in _QUOTED.findall(rest)]
            if not words:
                continue
            name = words[0].upper()
            if name == "UID":
                name, words = f"UID {words[1].upper()}", words[1:]
            self._server.commands.append(name)
            if self._server.drop_at == name:
                return
            if name == "LOGOUT":
                self._say("* BYE", f"{tag} OK bye")
                return
            await self._answer(tag, name, words[1:])
            await self._writer.drain()

    def _say(self, *lines: str) -> None:
        for line in lines:
            self._writer.write(line.encode() + b"\r\n")

    async def _answer(self, tag: str, name: str, words: list[str]) -> None:
        handler = getattr(self, "_" + name.lower().replace(" ", "_"), None)
        if handler is None:
            self._say(f"{tag} BAD unknown command")
            return
        if (problem := handler(*words)) is not None:
            self._say(f"{tag} {problem}")
            return
        self._say(f"{tag} OK done")
        if name == "STARTTLS":
            await self._writer.drain()
            await self._writer.start_tls(self._server.tls)  # type: ignore[arg-type]

    def _capability(self) -> None:
        words = ["IMAP4rev1", "UIDPLUS", *(["MOVE"] if self._server.can_move else [])]
        if self._server.offers_starttls:
            words.append("STARTTLS")
        self._say(f"* CAPABILITY {' '.join(words)}")

    def _starttls(self) -> str | None:
        return None if self._server.offers_starttls else "BAD not offered"

    def _login(self, user: str, password: str) -> str | None:
        del user
        if password != self._server.password:
            return "NO [AUTHENTICATIONFAILED] wrong"
        self._server.logins += 1
        return None

    def _select(self, folder: str) -> str | None:
        if folder not in self._server.folders:
            return "NO there is no such folder"
        self._folder = folder
        self._say(f"* {len(self._messages)} EXISTS", f"* OK [UIDVALIDITY {self._server.validity}] valid")
        return None

    @property
    def _messages(self) -> list[Stored]:
        return self._server.folders[self._folder]

    def _list(self, reference: str, pattern: str) -> None:
        del reference
        for folder in self._server.folders:
            if pattern in ("*", folder):
                self._say(f'* LIST () "/" "{folder}"')

    def _create(self, folder: str) -> None:
        self._server.folders.setdefault(folder, [])

    def _uid_search(self, *criteria: str) -> None:
        first = int(criteria[-1].split(":")[0])
        last = max((each.uid for each in self._messages), default=0)
        found = [each.uid for each in self._messages if each.uid >= min(first, last)]
        self._say("* SEARCH " + " ".join(map(str, found)))

    def _chosen(self, wanted: str) -> list[tuple[int, Stored]]:
        uids: set[int] = set()
        for part in wanted.split(","):
            first, _, last = part.partition(":")
            uids.update(range(int(first), int(last or first) + 1))
        return [(at, each) for at, each in enumerate(self._messages, 1) if each.uid in uids]

    def _uid_fetch(self, wanted: str, *what: str) -> None:
        for at, each in self._chosen(wanted):
            if "SIZE" in " ".join(what):
                self._say(f"* {at} FETCH (UID {each.uid} RFC822.SIZE {len(each.octets)})")
            else:
                self._writer.write(f"* {at} FETCH (UID {each.uid} BODY[] {{{len(each.octets)}}}\r\n".encode())
                self._writer.write(each.octets + b")\r\n")

    def _uid_store(self, wanted: str, action: str, *flags: str) -> None:
        for at, each in self._chosen(wanted):
            each.flags.update(flag.strip("()") for flag in flags)
            self._say(f"* {at} FETCH (UID {each.uid} FLAGS ({' '.join(each.flags)}))")
        assert action.startswith("+FLAGS")

    def _uid_copy(self, wanted: str, folder: str) -> None:
        for _, each in self._chosen(wanted):
            self._server.put(each.octets, folder)

    def _uid_move(self, wanted: str, folder: str) -> None:
        self._uid_copy(wanted, folder)
        for _, each in self._chosen(wanted):
            self._remove(each)

    def _uid_expunge(self, wanted: str) -> None:
        for _, each in self._chosen(wanted):
            if "\\Deleted" in each.flags:
                self._remove(each)

    def _remove(self, stored: Stored) -> None:
        at = self._messages.index(stored) + 1
        self._messages.remove(stored)
        self._say(f"* {at} EXPUNGE")


@asynccontextmanager
async def a_mail_server(*, implicit_tls: bool = False, **options: object) -> AsyncIterator[MailServer]:
    """Listening on loopback until the end of the block."""
    server = MailServer(**options)  # type: ignore[arg-type]
    context = server.tls if implicit_tls else None
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=context)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        await listening.wait_closed()
