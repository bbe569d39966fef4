"""The manifests: valid, complete, as careful as they can be, and joined by exactly the arrows of the architecture."""

import importlib.util
import re
from functools import cache
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]  # it has no types
import pytest
import yaml
from pydantic_settings import BaseSettings

from local_stack.keys import Keys
from local_stack.layout import SERVICES
from tests.architecture.source import ROOT
from tests.deploy.kustomize import Manifest, build, containers, pod_spec
from tests.deploy.test_compose import settings_class

K8S = ROOT / "deploy/k8s"
OVERLAYS = ("base", "overlays/small", "overlays/large")
PODS = {
    "hub": "all",
    "lui-api": "api",
    "lui-public": "public",
    "lui-worker": "worker",
    "mailer-api": "api",
    "mailer-worker": "worker",
    "mailer-bounces": "public",
    "tracker-intake": "public",
    "tracker-api": "api",
    "tracker-worker": "worker",
}
"""Every pod kind of ours and the role it plays."""

# Who opens a connection to whom; architecture 4.1 plus tokens from hub, the database and NATS for everybody.
ARROWS = {
    "hub": {"postgres", "nats"},
    "lui-api": {"hub", "mailer-api", "tracker-api", "postgres", "nats"},
    "lui-public": {"hub", "mailer-api", "postgres", "nats"},
    "lui-worker": {"hub", "postgres", "nats"},
    "mailer-api": {"hub", "postgres", "nats"},
    "mailer-worker": {"hub", "lui-api", "postgres", "nats", "the internet"},
    "mailer-bounces": {"hub", "postgres", "nats"},
    "tracker-intake": {"postgres", "nats"},
    "tracker-api": {"hub", "postgres", "nats"},
    "tracker-worker": {"hub", "postgres", "nats"},
    "nats": {"nats"},
    "postgres": set(),
    **{f"{service}-migrate": {"postgres"} for service in SERVICES},
}
FROM_OUTSIDE = {"hub", "lui-api", "lui-public", "mailer-api", "tracker-api", "tracker-intake"}
"""Pods that a reverse proxy at the edge may reach: people, recipients and integrators."""


@cache
def _built(overlay: str) -> tuple[Manifest, ...]:
    return tuple(build(K8S / overlay))


def _of_kind(overlay: str, *kinds: str) -> list[Manifest]:
    return [manifest for manifest in _built(overlay) if manifest["kind"] in kinds]


def _named(overlay: str, kind: str, name: str) -> Manifest:
    (found,) = [manifest for manifest in _of_kind(overlay, kind) if manifest["metadata"]["name"] == name]
    return found


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_manifest_is_what_kubernetes_allows(overlay: str) -> None:
    for manifest in _built(overlay):
        kubernetes_validate.validate(manifest, "1.31", strict=True)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_no_two_manifests_have_the_same_name(overlay: str) -> None:
    names = [(manifest["kind"], manifest["metadata"]["name"]) for manifest in _built(overlay)]
    assert len(names) == len(set(names))


def test_every_folder_belongs_to_the_base_or_an_overlay() -> None:
    listed = set(yaml.safe_load((K8S / "base/kustomization.yaml").read_text())["resources"])
    assert listed == {path.name for path in (K8S / "base").iterdir() if path.is_dir()}


def test_there_is_one_workload_for_every_pod_kind() -> None:
    found = {manifest["metadata"]["name"] for manifest in _of_kind("base", "Deployment", "StatefulSet")}
    assert found == {*PODS, "nats"}
    assert {manifest["metadata"]["name"] for manifest in _of_kind("base", "Job")} == {f"{s}-migrate" for s in SERVICES}


@pytest.mark.parametrize("kind", PODS)
def test_a_pod_runs_the_command_of_its_image_in_its_role(kind: str) -> None:
    (manifest,) = [m for m in _of_kind("base", "Deployment", "StatefulSet") if m["metadata"]["name"] == kind]
    (container,) = containers(manifest)
    assert container["image"] == f"tutti-{kind.split('-', maxsplit=1)[0]}"
    assert container["args"] == ["serve", "--role", PODS[kind]]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_pod_can_do_as_little_harm_as_possible(overlay: str) -> None:
    for manifest in _built(overlay):
        spec = pod_spec(manifest)
        if spec is None:
            continue
        assert spec["automountServiceAccountToken"] is False
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in spec["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert {"cpu", "memory"} <= set(container["resources"]["requests"])
            assert "memory" in container["resources"]["limits"]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_lasting_pod_is_asked_how_it_is(overlay: str) -> None:
    for manifest in _of_kind(overlay, "Deployment", "StatefulSet"):
        for container in containers(manifest):
            assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(container)
            if container["image"].rpartition("/")[2].startswith("tutti-"):
                assert container["livenessProbe"]["httpGet"]["path"] == "/health/live"
                assert container["readinessProbe"]["httpGet"]["path"] == "/health/ready"


def test_the_spool_of_the_intake_outlives_its_pod() -> None:
    intake = _named("base", "StatefulSet", "tracker-intake")
    (claim,) = intake["spec"]["volumeClaimTemplates"]
    (container,) = containers(intake)
    assert {"name": claim["metadata"]["name"], "mountPath": "/data"} in container["volumeMounts"]


def _secrets() -> dict[str, dict[str, str]]:
    spec = importlib.util.spec_from_file_location("make_secrets", K8S / "make_secrets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {secret["metadata"]["name"]: secret["stringData"] for secret in module.secrets(Keys(), "postgres:5432")}


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_accepts_what_its_pods_are_told(service: str, overlay: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = _named(overlay, "ConfigMap", f"{service}-config")["data"] | _secrets()[f"{service}-secrets"]
    image = dict(re.findall(rf"({service.upper()}_\w+)=(\S+)", (ROOT / f"services/{service}/Dockerfile").read_text()))
    for name, value in (image | told).items():
        monkeypatch.setenv(name, value)
    settings: BaseSettings = settings_class(service)()
    known = {f"{service}_{field}".upper() for field in type(settings).model_fields}
    assert {name.split("__")[0] for name in told} <= known


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_pods_refer_to_is_there(overlay: str) -> None:
    maps = {manifest["metadata"]["name"] for manifest in _of_kind(overlay, "ConfigMap")}
    secrets = set(_secrets())
    for manifest in _built(overlay):
        for container in containers(manifest):
            required = [
                source for source in container.get("envFrom", ()) if not source.get("secretRef", {}).get("optional")
            ]
            for source in required:
                assert source.get("configMapRef", {}).get("name", next(iter(maps))) in maps
                assert source.get("secretRef", {}).get("name", next(iter(secrets))) in secrets
        for volume in (pod_spec(manifest) or {}).get("volumes", ()):
            assert volume.get("configMap", {}).get("name", next(iter(maps))) in maps


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_addresses_in_the_configuration_are_services_with_that_port(overlay: str) -> None:
    ports = {
        manifest["metadata"]["name"]: {port["port"] for port in manifest["spec"]["ports"]}
        for manifest in _of_kind(overlay, "Service")
    }
    for manifest in _of_kind(overlay, "ConfigMap"):
        for value in manifest["data"].values():
            for host, port in re.findall(r"^(?:http|nats)://([a-z-]+):(\d+)$", value):
                assert int(port) in ports[host]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_services_and_ingresses_lead_to_pods(overlay: str) -> None:
    labels = [m["spec"]["template"]["metadata"]["labels"] for m in _of_kind(overlay, "Deployment", "StatefulSet")]
    services = {manifest["metadata"]["name"] for manifest in _of_kind(overlay, "Service")}
    for manifest in _of_kind(overlay, "Service"):
        assert any(manifest["spec"]["selector"].items() <= label.items() for label in labels)
    for manifest in _of_kind(overlay, "Ingress"):
        for rule in manifest["spec"]["rules"]:
            for path in rule["http"]["paths"]:
                assert path["backend"]["service"]["name"] in services


def _component(peer: Manifest) -> str | None:
    if "ipBlock" in peer:
        return "the internet"
    if "namespaceSelector" in peer:
        return None
    component: str = peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"]
    return component


def _policies() -> dict[str, Manifest]:
    return {policy["metadata"]["name"]: policy["spec"] for policy in _of_kind("overlays/small", "NetworkPolicy")}


def _peers(rules: list[Manifest], side: str) -> set[str]:
    return {name for rule in rules for peer in rule.get(side, ()) if (name := _component(peer)) is not None}


def test_nothing_is_open_that_no_policy_opens() -> None:
    assert _policies()["default-deny"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


@pytest.mark.parametrize("kind", ARROWS)
def test_a_pod_reaches_exactly_what_the_architecture_draws(kind: str) -> None:
    policy = _policies()[kind]
    assert policy["podSelector"]["matchLabels"] == {"app.kubernetes.io/component": kind}
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert _peers(policy["egress"], "to") == ARROWS[kind]


@pytest.mark.parametrize("kind", ARROWS)
def test_a_pod_is_reached_by_exactly_those_that_may(kind: str) -> None:
    policy = _policies()[kind]
    assert _peers(policy.get("ingress", []), "from") == {source for source, to in ARROWS.items() if kind in to}
    edge = [rule for rule in policy.get("ingress", []) for peer in rule.get("from", ()) if "namespaceSelector" in peer]
    assert bool(edge) == (kind in FROM_OUTSIDE)
    anybody = [rule["ports"] for rule in policy.get("ingress", []) if "from" not in rule]
    assert anybody == ([[{"protocol": "TCP", "port": 2525}]] if kind == "mailer-bounces" else [])


def test_every_policy_is_in_the_table() -> None:
    assert set(_policies()) == {*ARROWS, "default-deny"}


@pytest.mark.parametrize(
    "script", ["deploy/images/render.py", "deploy/k8s/render_nats.py", "deploy/ci/extract_lock.py"]
)
def test_what_is_generated_is_up_to_date(script: str, run_script: Any) -> None:
    done = run_script(script, "--check")
    assert done.returncode == 0, done.stderr


def test_scripts_are_executable() -> None:
    for name in (
        ".ci/run",
        "deploy/ci/setup.sh",
        "deploy/ci/browser.sh",
        "deploy/k8s/overlays/small/postgres/roles.sh",
    ):
        assert Path(ROOT / name).stat().st_mode & 0o111
