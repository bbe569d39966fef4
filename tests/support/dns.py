"""A small name server of our own on a port of its own: real questions, real answers, and the ways it can go wrong."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset

_TTL = 60


@dataclass
class Zone:
    """What the server knows; a test changes it while the server runs."""

    txt: dict[str, list[str]] = field(default_factory=dict)
    mx: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    failing: set[str] = field(default_factory=set)
    """Names that are answered with SERVFAIL."""
    silent: bool = False
    """Nothing is answered."""
    asked: list[str] = field(default_factory=list)

    def answer(self, question: bytes) -> bytes | None:
        """The octets to send back."""
        query = dns.message.from_wire(question)
        name, kind = query.question[0].name, query.question[0].rdtype
        text = name.to_text(omit_final_dot=True).lower()
        self.asked.append(f"{text} {dns.rdatatype.to_text(kind)}")
        if self.silent:
            return None
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.AA | dns.flags.RA
        if text in self.failing:
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif found := self._records(text, kind):
            reply.answer.append(dns.rrset.from_text_list(name, _TTL, dns.rdataclass.IN, kind, found))
        elif text not in self.txt and text not in self.mx:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        return reply.to_wire(max_size=65_000)

    def _records(self, name: str, kind: int) -> list[str]:
        if kind == dns.rdatatype.TXT:
            return [_quoted(value) for value in self.txt.get(name, [])]
        if kind == dns.rdatatype.MX:
            return [f"{preference} {host}." for preference, host in self.mx.get(name, [])]
        return []


def _quoted(value: str) -> str:
    pieces = [value[at : at + 255] for at in range(0, len(value), 255)] or [""]
    return " ".join('"' + piece.replace("\\", "\\\\").replace('"', '\\"') + '"' for piece in pieces)


class _Server(asyncio.DatagramProtocol):
    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # The loop's own class is none of DatagramTransport's children, it only does what those do.
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        answer = self._zone.answer(data)
        if answer is not None and self._transport is not None:
            self._transport.sendto(answer, addr)


@asynccontextmanager
async def name_server(zone: Zone) -> AsyncIterator[str]:
    """A server that answers from `zone`; gives its address as configuration wants it."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: _Server(zone), local_addr=("127.0.0.1", 0))
    try:
        host, port = transport.get_extra_info("sockname")[:2]
        yield f"{host}:{port}"
    finally:
        with contextlib.suppress(OSError):
            transport.close()
