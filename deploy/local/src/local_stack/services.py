"""The four services and the catcher as child processes: which command, which environment, what is ready.

Services are known here by their commands and the names of their variables only, as a pod knows them.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from local_stack import config, probes
from local_stack.child import Program
from local_stack.keys import Keys
from local_stack.layout import LOOPBACK, SERVICES, Layout, SmtpServer
from local_stack.postgres import dsn

BOUNCE_DOMAIN = "bounces.tutti.test"
_READY = "/health/ready"


@dataclass(frozen=True)
class Wiring:
    """What the environments are made from."""

    layout: Layout
    keys: Keys
    smtp: SmtpServer
    """The default gateway."""

    def _common(self, service: str) -> dict[str, str]:
        layout, keys = self.layout, self.keys
        password = keys.database_passwords[service]
        url = dsn(service, password, layout.port("postgres")).replace("postgresql://", "postgresql+psycopg://", 1)
        own_folder = (layout.data_dir / service).resolve()
        return {
            "DATABASE_URL": url,
            "NATS_URL": layout.url("nats"),
            "NATS_USER": service,
            "NATS_PASSWORD": keys.nats_passwords[service],
            "HTTP_HOST": LOOPBACK,
            "HTTP_PORT": str(layout.port(service)),
            "HUB_URL": layout.url("hub"),
            "SERVICE_PRIVATE_KEY": keys.service_private_keys[service],
            "SERVICE_PUBLIC_KEYS": json.dumps(keys.service_public_keys()),
            "LOG_FORMAT": "console",
            "DATA_DIR": str(own_folder),
        }

    def _own(self, service: str) -> dict[str, str]:
        layout, keys = self.layout, self.keys
        match service:
            case "hub":
                return {
                    "CREDENTIALS_FILE": str(layout.credentials_file.resolve()),
                    "ENCRYPTION_KEY": keys.hub_encryption_key,
                }
            case "lui":
                return {
                    "TOKEN_KEYS": keys.token_key,
                    "PUBLIC_URL": layout.url("lui-public"),
                    "APP_URL": layout.url("lui"),
                    "MAILER_URL": layout.url("mailer"),
                    "TRACKER_URL": layout.url("tracker"),
                }
            case "tracker":
                return {"TOKEN_KEYS": keys.token_key, "PUBLIC_URL": layout.url("tracker")}
            case _:
                return {
                    "TOKEN_KEYS": keys.token_key,
                    "ENCRYPTION_KEY": keys.mailer_encryption_key,
                    "LUI_URL": layout.url("lui"),
                    "TRACKER_PUBLIC_URL": layout.url("tracker"),
                    "UNSUBSCRIBE_URL": layout.url("lui-public"),
                    "BOUNCE_DOMAIN": BOUNCE_DOMAIN,
                    "BOUNCE_HOST": layout.bounces.host,
                    "BOUNCE_PORT": str(layout.bounces.port),
                    "SMTP__HOST": self.smtp.host,
                    "SMTP__PORT": str(self.smtp.port),
                    "SMTP__TLS": "none",
                }

    def environment(self, service: str) -> dict[str, str]:
        """The whole environment of a service's processes."""
        variables = self._common(service) | self._own(service)
        return config.inherited_environment() | {
            f"{service.upper()}_{name}": value for name, value in variables.items()
        }

    def migrate_command(self, service: str) -> tuple[str, ...]:
        """What brings a service's tables to the newest version."""
        return (sys.executable, "-m", service, "migrate")

    def _serve(self, service: str, role: str, name: str) -> Program:
        environment = self.environment(service)
        if name != service:
            environment[f"{service.upper()}_HTTP_PORT"] = str(self.layout.port(name))
        return Program(
            name=name,
            service=service,
            role=role,
            command=(sys.executable, "-m", service, "serve", "--role", role),
            environment=environment,
            ready=probes.http(self.layout.port(name), _READY),
        )

    def programs(self) -> list[Program]:
        """Every process of the services, in the order in which they start."""
        for service in SERVICES:
            (self.layout.data_dir / service).mkdir(mode=0o700, exist_ok=True)
        return [
            *(self._serve(service, "all", service) for service in SERVICES),
            # The pages of recipients are an origin of their own, without the application's cookies.
            self._serve("lui", "public", "lui-public"),
        ]

    def catcher(self) -> Program:
        """The mail catcher."""
        layout = self.layout
        folder = (layout.data_dir / "catcher").resolve()
        folder.mkdir(mode=0o700, exist_ok=True)
        return Program(
            name="catcher",
            service="catcher",
            role="all",
            command=(
                *(sys.executable, "-m", "local_stack.catcher", str(folder)),
                *("--http-port", str(layout.port("catcher")), "--smtp-port", str(layout.port("catcher-smtp"))),
            ),
            environment=config.inherited_environment(),
            ready=probes.http(layout.port("catcher"), _READY),
        )


def log_file(layout: Layout, name: str) -> Path:
    """The log of a process, by its name."""
    return layout.logs / f"{name}.log"
