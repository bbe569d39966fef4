"""Asking the domain name system: with a limit on every wait, and knowing "there is none" from "nobody answered"."""

import dns.asyncresolver
import dns.exception
import dns.name
import dns.nameserver
import dns.rdatatype
import dns.resolver

from mailer.config import DnsSettings, server_address

_NEVER_THERE = ("test", "invalid", "localhost", "example", "local", "internal")
"""Top-level names that the public domain name system never has (RFC 6761 and others)."""


class NoRecord(Exception):
    """The domain name system answered: there is no such record."""


class Unanswered(Exception):
    """Nobody could be asked, or nobody answered in time; whether there is a record is not known."""


class Resolver:
    """Asks the configured name servers, or the machine's when none are configured. Remembers answers for their time."""

    def __init__(self, settings: DnsSettings) -> None:
        self._settings = settings
        self._resolver: dns.asyncresolver.Resolver | None = None

    async def txt(self, name: str) -> list[str]:
        """The TXT records of a name, the strings of each joined as RFC 7208, 3.3 wants. Raises NoRecord, Unanswered."""
        answer = await self._ask(name, dns.rdatatype.TXT)
        return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]

    async def mx(self, name: str) -> list[tuple[int, str]]:
        """Preference and host of a domain's mail exchangers, best first. Raises NoRecord, Unanswered."""
        answer = await self._ask(name, dns.rdatatype.MX)
        return sorted((record.preference, record.exchange.to_text(omit_final_dot=True)) for record in answer)

    async def _ask(self, name: str, kind: dns.rdatatype.RdataType) -> dns.resolver.Answer:
        if not self._settings.name_servers and name.rstrip(".").rpartition(".")[2].lower() in _NEVER_THERE:
            raise NoRecord(name)
        try:
            return await self._ready().resolve(dns.name.from_text(name), kind, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            raise NoRecord(name) from None
        except dns.resolver.LifetimeTimeout:
            raise Unanswered(f"no name server answered within {self._settings.timeout_seconds:g} seconds") from None
        except dns.resolver.NoNameservers as error:
            raise Unanswered(f"the name servers could not answer ({_said(error)})") from None
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise Unanswered(f"the question could not be asked ({type(error).__name__})") from None

    def _ready(self) -> dns.asyncresolver.Resolver:
        # Made when it is needed: a machine without any name server may still send mail.
        if self._resolver is None:
            given = self._settings.name_servers
            resolver = dns.asyncresolver.Resolver(configure=not given)
            if given:
                resolver.nameservers = [_server(text) for text in given]
            resolver.timeout = self._settings.timeout_seconds / 2
            resolver.lifetime = self._settings.timeout_seconds
            self._resolver = resolver
        return self._resolver


def _said(error: dns.resolver.NoNameservers) -> str:
    said = {str(entry[3]) for entry in error.kwargs.get("errors", ())}
    return ", ".join(sorted(said))[:200] or "no reason was given"


def _server(text: str) -> dns.nameserver.Nameserver:
    host, port = server_address(text)
    return dns.nameserver.Do53Nameserver(host, port)
