"""The message broker of the stack: its program, its configuration, and what each service may do there."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from local_stack import config, probes
from local_stack.child import Program
from local_stack.files import write_private
from local_stack.keys import Keys
from local_stack.layout import LOOPBACK, SERVICES, Layout, StackError

READS: dict[str, tuple[str, ...]] = {
    "hub": (
        *(f"{owner}.action.recorded.v1" for owner in SERVICES),
        *(f"{owner}.component.seen.v1" for owner in SERVICES),
    ),
    "lui": (
        "hub.account.changed.v1",
        "hub.setting.changed.v1",
        "mailer.delivery.progressed.v1",
        "mailer.delivery.finished.v1",
        "mailer.envelope.bounced.v1",
        "mailer.envelope.complained.v1",
        "mailer.notice.settled.v1",
        "mailer.unsubscribe.received.v1",
        "tracker.delivery.tallied.v1",
    ),
    "tracker": ("lui.delivery.requested.v1", "mailer.envelopes.accepted.v1", "tracker.reactions.spooled.v1"),
    "mailer": (
        "lui.delivery.requested.v1",
        "lui.delivery.control_requested.v1",
        "lui.notice.requested.v1",
        "lui.subscription.ended.v1",
        "tracker.plan.loaded.v1",
    ),
}
"""Which facts each service consumes. An architecture test compares it with the services' subscriptions."""


def durable(service: str, subject: str) -> str:
    """The name of a service's consumer of a fact: `<service>__<noun>_<verb>`."""
    _, noun, verb, _ = subject.split(".")
    return f"{service}__{noun}_{verb}"


def publish_subjects(service: str) -> list[str]:
    """The subjects a service may publish to: its own facts, its own stream, its own consumers."""
    own = service.upper()
    subjects = [
        f"{service}.>",
        "$JS.API.INFO",
        *(f"$JS.API.STREAM.{verb}.{own}" for verb in ("CREATE", "UPDATE", "INFO")),
    ]
    for subject in READS[service]:
        stream, name = subject.partition(".")[0].upper(), durable(service, subject)
        subjects += [
            f"$JS.API.STREAM.INFO.{stream}",
            # The server compares the filter named here with the one asked for: no other fact of the stream.
            f"$JS.API.CONSUMER.CREATE.{stream}.{name}.{subject}",
            f"$JS.API.CONSUMER.INFO.{stream}.{name}",
            f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{name}",
            f"$JS.ACK.{stream}.{name}.>",
        ]
    return list(dict.fromkeys(subjects))


def subscribe_subjects(service: str) -> list[str]:
    """The subjects a service may listen to: the answers to its own questions."""
    return [f"_INBOX_{service}.>"]


def find_program() -> Path:
    """`NATS_BIN`, else the one installed beside this interpreter, else the one on the path."""
    beside = Path(sys.executable).with_name("nats-server")
    on_path = shutil.which("nats-server")
    program = config.nats_bin() or (beside if beside.exists() else None) or (Path(on_path) if on_path else None)
    if program is None or not program.exists():
        raise StackError("no nats-server found: install the locked requirements, or point NATS_BIN at one")
    return program


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _literal(text: str) -> str:
    """A value for nats.conf; one that begins with a dollar sign names an environment variable of the server."""
    return text if text.startswith("$") else _quoted(text)


def _user(service: str, password: str) -> list[str]:
    publish = [f"            {_quoted(subject)}" for subject in publish_subjects(service)]
    subscribe = [f"            {_quoted(subject)}" for subject in subscribe_subjects(service)]
    return [
        "    {",
        f"      user: {_quoted(service)}",
        f"      password: {_literal(password)}",
        "      permissions {",
        "        publish {",
        "          allow: [",
        *publish,
        "          ]",
        "        }",
        "        subscribe {",
        "          allow: [",
        *subscribe,
        "          ]",
        "        }",
        "      }",
        "    }",
    ]


@dataclass(frozen=True)
class Broker:
    """One server of the broker."""

    host: str
    port: int
    store: str
    name: str = "tutti"
    monitor_port: int | None = None
    routes: tuple[str, ...] = ()
    """Addresses of all servers of a cluster; none for a server that stands alone."""


def configuration(broker: Broker, passwords: dict[str, str]) -> str:
    """The text of nats.conf: one key a line, everything that is not a number quoted.

    A name or password that begins with a dollar sign names an environment variable of the server.
    """
    lines = [
        f"host: {_quoted(broker.host)}",
        f"port: {broker.port}",
        f"server_name: {_literal(broker.name)}",
        "max_payload: 1048576",
        *([f"http_port: {broker.monitor_port}"] if broker.monitor_port else []),
        "jetstream {",
        f"  store_dir: {_quoted(broker.store)}",
        # The default acknowledges up to two minutes before the disk has it.
        '  sync_interval: "always"',
        "}",
        *_cluster(broker.routes),
        "authorization {",
        "  users: [",
    ]
    for service, password in passwords.items():
        lines += _user(service, password)
    return "\n".join([*lines, "  ]", "}", ""])


def _cluster(routes: tuple[str, ...]) -> list[str]:
    if not routes:
        return []
    listed = [f"    {_quoted(route)}" for route in routes]
    return ["cluster {", '  name: "tutti"', "  port: 6222", "  routes: [", *listed, "  ]", "}"]


def program(layout: Layout, keys: Keys) -> Program:
    """The broker process; writes its configuration."""
    folder = layout.data_dir / "nats"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / "nats.conf"
    broker = Broker(host=LOOPBACK, port=layout.port("nats"), store=str(folder.resolve()))
    write_private(file, configuration(broker, keys.nats_passwords))
    return Program(
        name="nats",
        service="nats",
        role="engine",
        command=(str(find_program()), "-c", str(file.resolve())),
        environment=config.inherited_environment(),
        ready=probes.greeting(layout.port("nats"), b"INFO"),
        stop_seconds=15,
    )
