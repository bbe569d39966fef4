"""Ports, keys, environments and the broker's configuration."""

import base64
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from local_stack.keys import Keys, load_or_create
from local_stack.layout import SERVICES, Layout, SmtpServer, StackError
from local_stack.nats_server import Broker, configuration, publish_subjects, subscribe_subjects
from local_stack.services import Wiring


def test_an_address_of_a_mail_server_is_read_and_written_alike() -> None:
    for text in ("127.0.0.1:2525", "mail.example.org:25", "[::1]:2525"):
        assert str(SmtpServer.parse(text)) == text


@pytest.mark.parametrize("base", [0, -1, 65530])
def test_a_port_base_without_room_is_refused(base: int) -> None:
    with pytest.raises(StackError, match="leaves no room"):
        Layout(Path("data"), base)


def test_keys_are_made_once(tmp_path: Path) -> None:
    first = load_or_create(tmp_path / "keys.json")
    assert load_or_create(tmp_path / "keys.json") == first
    assert len({*first.database_passwords.values(), *first.nats_passwords.values(), first.postgres_password}) == 9


def test_a_stack_of_an_older_release_gets_the_keys_that_came_later_once(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    older = asdict(load_or_create(file))
    del older["mailer_encryption_key"]
    file.write_text(json.dumps(older))
    first = load_or_create(file)
    assert load_or_create(file) == first
    assert {name: value for name, value in asdict(first).items() if name != "mailer_encryption_key"} == older


def test_damaged_keys_are_never_replaced_in_silence(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_text('{"postgres_password": ')
    with pytest.raises(StackError, match="is damaged"):
        load_or_create(file)
    assert file.read_text() == '{"postgres_password": '


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_every_service_is_known_by_the_key_it_signs_with() -> None:
    keys = Keys()
    for service in SERVICES:
        signature = Ed25519PrivateKey.from_private_bytes(_decode(keys.service_private_keys[service])).sign(b"x")
        Ed25519PublicKey.from_public_bytes(_decode(keys.service_public_keys()[service])).verify(signature, b"x")


def test_a_service_is_told_no_secret_of_another(tmp_path: Path) -> None:
    keys = Keys()
    wiring = Wiring(Layout(tmp_path), keys, SmtpServer("127.0.0.1", 25))
    for service in SERVICES:
        told = "\n".join(wiring.environment(service).values())
        for other in SERVICES:
            secrets = (keys.database_passwords[other], keys.nats_passwords[other], keys.service_private_keys[other])
            assert [secret in told for secret in secrets] == [other == service] * 3
        assert (keys.hub_encryption_key in told) == (service == "hub")
        assert (keys.mailer_encryption_key in told) == (service == "mailer")
        assert (keys.token_key in told) == (service != "hub")
        assert keys.postgres_password not in told


def test_the_callers_settings_reach_a_service_but_never_its_wiring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILER_SMTP__CONNECTIONS", "50")
    monkeypatch.setenv("MAILER_DATABASE_URL", "postgresql://elsewhere")
    monkeypatch.setenv("PGHOST", "elsewhere")
    environment = Wiring(Layout(tmp_path), Keys(), SmtpServer("gateway", 25)).environment("mailer")
    assert environment["MAILER_SMTP__CONNECTIONS"] == "50"
    assert "elsewhere" not in environment["MAILER_DATABASE_URL"]
    assert "PGHOST" not in environment
    assert (environment["MAILER_SMTP__HOST"], environment["MAILER_SMTP__PORT"]) == ("gateway", "25")


def test_subjects_name_no_more_than_they_must() -> None:
    for service in SERVICES:
        wide = [subject for subject in publish_subjects(service) if subject.endswith(">")]
        assert all(subject == f"{service}.>" or subject.startswith("$JS.ACK.") for subject in wide)
        assert not any("*" in subject for subject in publish_subjects(service))
        assert subscribe_subjects(service) == [f"_INBOX_{service}.>"]


def test_the_brokers_configuration_quotes_what_it_is_given() -> None:
    text = configuration(Broker("127.0.0.1", 4222, '/a "strange" path'), {"hub": "p#a{s}s"})
    assert '  store_dir: "/a \\"strange\\" path"\n' in text
    assert '      password: "p#a{s}s"\n' in text
