"""The part of asking that needs dnspython, apart because reading that library takes longer than starting may."""

import dns.asyncresolver
import dns.exception
import dns.name
import dns.nameserver
import dns.rdatatype
import dns.resolver

from mailer.config import DnsSettings, server_address
from mailer.dns import NoRecord, Unanswered


class Questions:
    """Asks the configured name servers, or the machine's when none are configured."""

    def __init__(self, settings: DnsSettings) -> None:
        self._settings = settings
        self._resolver: dns.asyncresolver.Resolver | None = None

    async def txt(self, name: str) -> list[str]:
        """The TXT records of a name. Raises NoRecord, Unanswered."""
        answer = await self._ask(name, dns.rdatatype.TXT)
        return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]

    async def mx(self, name: str) -> list[tuple[int, str]]:
        """The mail exchangers of a name. Raises NoRecord, Unanswered."""
        answer = await self._ask(name, dns.rdatatype.MX)
        return sorted((record.preference, record.exchange.to_text(omit_final_dot=True)) for record in answer)

    async def _ask(self, name: str, kind: dns.rdatatype.RdataType) -> dns.resolver.Answer:
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
                resolver.nameservers = [dns.nameserver.Do53Nameserver(*server_address(text)) for text in given]
            resolver.timeout = self._settings.timeout_seconds / 2
            resolver.lifetime = self._settings.timeout_seconds
            self._resolver = resolver
        return self._resolver


def _said(error: dns.resolver.NoNameservers) -> str:
    said = {str(entry[3]) for entry in error.kwargs.get("errors", ())}
    return ", ".join(sorted(said))[:200] or "no reason was given"
