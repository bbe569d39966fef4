"""docker-compose.yml: what the Compose specification allows, and what our services understand."""

import base64
import importlib
import json
import re
from importlib import resources
from typing import Any

import jsonschema
import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic_settings import BaseSettings

from local_stack.layout import PORT_OFFSETS, SERVICES
from tests.architecture.source import ROOT

_DEFAULT = re.compile(r"\$\{(\w+)(?::?-([^}]*))?\}")


def _interpolate(value: Any) -> Any:
    """What Compose makes of a value when no variable is set."""
    if isinstance(value, str):
        return _DEFAULT.sub(lambda match: match.group(2) or "", value)
    if isinstance(value, dict):
        return {key: _interpolate(inner) for key, inner in value.items()}
    return [_interpolate(inner) for inner in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    document: dict[str, Any] = _interpolate(yaml.safe_load((ROOT / "docker-compose.yml").read_text()))
    return document


def test_it_is_what_the_compose_specification_allows(compose: dict[str, Any]) -> None:
    vendored = resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    schema = json.loads(vendored.read_text(encoding="utf-8"))
    problems = [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(compose)]
    assert problems == []


def test_it_has_the_whole_product(compose: dict[str, Any]) -> None:
    migrations = {f"{service}-migrate" for service in SERVICES}
    assert set(compose["services"]) == {"postgres", "nats", "catcher", *SERVICES, "lui-public", *migrations}


def test_files_it_names_are_there(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        if build := service.get("build"):
            assert (ROOT / build["context"] / build["dockerfile"]).is_file()
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (ROOT / source).is_file() if source.startswith("./") else source in compose["volumes"]


def settings_class(service: str) -> type[BaseSettings]:
    module = importlib.import_module(f"{service}.config")
    found: type[BaseSettings] = getattr(module, f"{service.title()}Settings")
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_accepts_its_environment(
    compose: dict[str, Any], service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = compose["services"][service]["environment"]
    image = dict(re.findall(rf"({service.upper()}_\w+)=(\S+)", (ROOT / f"services/{service}/Dockerfile").read_text()))
    for name, value in (image | environment).items():
        monkeypatch.setenv(name, value)
    settings = settings_class(service)()
    known = {f"{service}_{field}".upper() for field in type(settings).model_fields}
    assert {name.split("__")[0] for name in environment} <= known


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_proves_itself_with_the_key_the_others_know(compose: dict[str, Any], service: str) -> None:
    environment = compose["services"][service]["environment"]
    private = base64.urlsafe_b64decode(environment[f"{service.upper()}_SERVICE_PRIVATE_KEY"] + "=")
    public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    for other in SERVICES:
        known = json.loads(compose["services"][other]["environment"][f"{other.upper()}_SERVICE_PUBLIC_KEYS"])
        assert base64.urlsafe_b64decode(known[service] + "=") == public


def test_every_secret_says_that_it_is_worth_nothing() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for name, default in _DEFAULT.findall(text):
        if name.endswith("PASSWORD") and default:
            assert default == "for-trying-only"
        if name.endswith(("PRIVATE_KEY", "ENCRYPTION_KEY", "TOKEN_KEYS")):
            assert base64.urlsafe_b64decode(default + "=").startswith(b"for-trying-only")


def test_what_is_published_is_open_to_this_machine_only_and_on_the_ports_of_the_local_stack(
    compose: dict[str, Any],
) -> None:
    ports = [port for service in compose["services"].values() for port in service.get("ports", ())]
    assert all(port.startswith("127.0.0.1:") for port in ports)
    allowed = {8080 + offset for name, offset in PORT_OFFSETS.items() if name not in {"nats", "postgres"}}
    assert {int(port.split(":")[1]) for port in ports} == allowed


def test_a_service_starts_after_its_tables_are_up_to_date(compose: dict[str, Any]) -> None:
    for name in (*SERVICES, "lui-public"):
        service = name.split("-")[0]
        assert compose["services"][name]["depends_on"][f"{service}-migrate"] == {
            "condition": "service_completed_successfully"
        }


def test_services_run_with_as_little_as_they_need(compose: dict[str, Any]) -> None:
    ours = [service for service in compose["services"].values() if "build" in service]
    assert len(ours) == 10
    for service in ours:
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
