"""mailer's application with a name server of its own, and signing keys in it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from common.http import httpx
from common.service.resources import Resources
from mailer.app import create_app
from mailer.config import DnsSettings, MailerSettings
from mailer.dns import Resolver
from mailer.sealing import Sealer
from mailer.tables import MESSAGING
from tests.support.dns import Zone, name_server
from tests.support.http import Callers, StubHub, encode_key, make_settings, resources_for

SEALING_KEY = encode_key(b"seals what mailer keeps secret..")


@dataclass
class Place:
    """An application, whom it asks, and what it works with."""

    settings: MailerSettings
    resources: Resources
    callers: Callers
    zone: Zone

    @property
    def sealer(self) -> Sealer:
        """With the configured keys."""
        return Sealer.of(self.settings)

    @property
    def resolver(self) -> Resolver:
        """Asks the zone."""
        return Resolver(self.settings.dns)

    def administrator(self) -> httpx.AsyncClient:
        """Somebody who may do what is done here."""
        return self.callers.as_account("administer_installation")

    async def key(
        self, domain: str = "example.org", selector: str = "s1", algorithm: str = "ed25519"
    ) -> dict[str, Any]:
        """A pending key."""
        body = {"domain": domain, "selector": selector, "algorithm": algorithm}
        answer = await self.administrator().post("/api/v1/dkim-keys", json=body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def active_key(self, domain: str = "example.org", selector: str = "s1", algorithm: str = "ed25519") -> str:
        """The id of a key that signs; its record is published."""
        key = await self.key(domain, selector, algorithm)
        self.publish(key)
        answer = await self.administrator().post(f"/api/v1/dkim-keys/{key['id']}/activate")
        assert answer.status_code == 200, answer.text
        return str(key["id"])

    def publish(self, key: Mapping[str, Any]) -> None:
        """Put a key's record into the zone."""
        self.zone.txt[key["record"]["name"]] = [key["record"]["value"]]


@asynccontextmanager
async def a_place(database_url: str, **more: Any) -> AsyncIterator[Place]:
    """An application on its own database; `more` are settings."""
    zone, hub = Zone(), StubHub()
    async with name_server(zone) as address:
        given: dict[str, Any] = {
            "token_keys": encode_key(b"token key of at least 32 octets!"),
            "lui_url": "http://lui.test",
            "tracker_public_url": "http://track.test",
            "unsubscribe_url": "http://pages.test",
            "bounce_domain": "bounces.test",
            "smtp": {"host": "127.0.0.1", "port": 1, "tls": "none"},
            "dns": DnsSettings(name_servers=(address,), timeout_seconds=0.4),
            "encryption_key": SEALING_KEY,
        }
        settings = make_settings(MailerSettings, database_url=database_url, **{**given, **more})
        async with resources_for(settings, MESSAGING, hub) as resources:
            app = create_app(settings, resources, "api")
            yield Place(settings, resources, Callers(app, settings, hub), zone)
