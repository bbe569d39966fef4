"""No service reaches what belongs to another: not in the database, not in NATS."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from local_stack.layout import SERVICES
from local_stack.nats_server import READS, durable
from tests.support.stack import Stack

_ANSWER_SECONDS = 10.0


def _keys(stack: Stack) -> dict[str, Any]:
    keys: dict[str, Any] = json.loads((stack.data_dir / "keys.json").read_text())
    return keys


def _dsn(stack: Stack, service: str) -> str:
    password = _keys(stack)["database_passwords"][service]
    return f"postgresql://{service}:{password}@127.0.0.1:{stack.port_base + 9}/tutti"


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_no_right_in_anothers_schema(stack: Stack, service: str) -> None:
    with psycopg.connect(stack.status()["postgres"]) as admin:
        tables = admin.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s)", (list(SERVICES),)
        ).fetchall()
    assert {schema for schema, _ in tables} == set(SERVICES)
    with psycopg.connect(_dsn(stack, service), autocommit=True) as connection:
        for schema, table in tables:
            if schema == service:
                continue
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f'SELECT 1 FROM "{schema}"."{table}" LIMIT 1')  # noqa: S608  names from the catalogue


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.mine (a int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "SET ROLE postgres",
        "SELECT pg_read_file('postgresql.conf')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_a_service_has_no_right_beyond_its_schema(stack: Stack, service: str, statement: str) -> None:
    connection = psycopg.connect(_dsn(stack, service), autocommit=True)
    with connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_gets_in_with_its_own_password_only(stack: Stack, service: str) -> None:
    other = next(name for name in SERVICES if name != service)
    stolen = _dsn(stack, service).replace(f"//{service}:", f"//{other}:")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stolen)


class Visitor:
    """One service's credential at the broker, spoken to in its own protocol: a refusal comes before the PONG."""

    def __init__(self, stack: Stack, user: str, password: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", stack.port_base + 7), timeout=_ANSWER_SECONDS)
        self._lines = self._socket.makefile("rb")
        self._lines.readline()  # INFO
        options = {"verbose": False, "user": user, "pass": password, "protocol": 1, "lang": "test", "version": "1"}
        self._refusals = self._ask(b"CONNECT " + json.dumps(options).encode())

    def _ask(self, *commands: bytes) -> list[bytes]:
        self._socket.sendall(b"".join(command + b"\r\n" for command in (*commands, b"PING")))
        answers = list(iter(self._lines.readline, b"PONG\r\n"))
        return [line for line in answers if line.startswith(b"-ERR")]

    def may_publish(self, subject: str) -> bool:
        """Whether a message may go there; it is empty, and no request of JetStream accepts an empty one."""
        return not self._ask(f"PUB {subject} _INBOX_nobody 0\r\n".encode())

    def may_listen(self, subject: str) -> bool:
        """Whether messages there may be read."""
        return not self._ask(f"SUB {subject} 1".encode(), b"UNSUB 1")

    def close(self) -> None:
        """Leave."""
        self._lines.close()
        self._socket.close()


@pytest.fixture(name="visitor", params=SERVICES)
def _visitor(stack: Stack, request: pytest.FixtureRequest) -> Iterator[tuple[str, Visitor]]:
    visitor = Visitor(stack, request.param, _keys(stack)["nats_passwords"][request.param])
    yield request.param, visitor
    visitor.close()


def _forbidden_publishing(service: str) -> list[str]:
    others = [other for other in SERVICES if other != service]
    streams = [name.upper() for name in SERVICES]
    own = {(subject.partition(".")[0].upper(), durable(service, subject)) for subject in READS[service]}
    foreign = {
        (subject.partition(".")[0].upper(), durable(other, subject)) for other in others for subject in READS[other]
    }
    return [
        *(f"{other}.delivery.requested.v1" for other in others),
        *(
            f"$JS.API.STREAM.{verb}.{stream}"
            for stream in streams
            for verb in ("DELETE", "PURGE", "MSG.GET", "MSG.DELETE")
        ),
        *(f"$JS.API.STREAM.{verb}.{stream}" for stream in streams for verb in ("SNAPSHOT", "RESTORE", "PEER.REMOVE")),
        *(f"$JS.API.STREAM.{verb}.{other.upper()}" for other in others for verb in ("CREATE", "UPDATE")),
        *(f"$JS.API.DIRECT.GET.{stream}" for stream in streams),
        *(f"$JS.API.CONSUMER.DELETE.{stream}.{name}" for stream, name in own | foreign),
        *(f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{name}" for stream, name in foreign),
        *(f"$JS.API.CONSUMER.CREATE.{stream}.{name}.hub.account.changed.v1" for stream, name in foreign),
        *(f"$JS.API.CONSUMER.CREATE.{stream}.{name}.>" for stream, name in own),
        *(f"$JS.API.CONSUMER.CREATE.{stream}" for stream in streams),
        *(f"$JS.ACK.{stream}.{name}.1.1.1.1.1" for stream, name in foreign),
        "$JS.API.STREAM.NAMES",
        "$JS.API.STREAM.CREATE.MINE",
        "$SYS.REQ.SERVER.PING",
        f"_INBOX_{others[0]}.stolen",
        "anything.else",
    ]


def test_a_service_publishes_only_what_is_its_own(visitor: tuple[str, Visitor]) -> None:
    service, broker = visitor
    assert [subject for subject in _forbidden_publishing(service) if broker.may_publish(subject)] == []
    assert broker.may_publish("$JS.API.INFO")
    assert broker.may_publish(f"$JS.API.STREAM.INFO.{service.upper()}")


def test_a_service_listens_to_its_own_answers_only(visitor: tuple[str, Visitor]) -> None:
    service, broker = visitor
    others = [other for other in SERVICES if other != service]
    inboxes = [f"_INBOX_{other}.>" for other in others]
    wanted = [">", "_INBOX.>", "$JS.>", "$SYS.>", *(f"{name}.>" for name in SERVICES), *inboxes]
    assert [subject for subject in wanted if broker.may_listen(subject)] == []
    assert broker.may_listen(f"_INBOX_{service}.mine")


@pytest.mark.parametrize(("user", "password"), [("", ""), ("mailer", "guessed"), ("nobody", "nothing")])
def test_nobody_gets_in_without_a_password(stack: Stack, user: str, password: str) -> None:
    with socket.create_connection(("127.0.0.1", stack.port_base + 7), timeout=_ANSWER_SECONDS) as door:
        lines = door.makefile("rb")
        lines.readline()
        door.sendall(b"CONNECT " + json.dumps({"user": user, "pass": password}).encode() + b"\r\nPING\r\n")
        assert lines.readline().startswith(b"-ERR 'Authorization Violation'")
        lines.close()


def test_the_broker_writes_to_disk_before_it_answers(stack: Stack) -> None:
    assert 'sync_interval: "always"' in (stack.data_dir / "nats" / "nats.conf").read_text()
