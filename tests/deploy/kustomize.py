"""As much of kustomize as our manifests use, so that they can be read without the program."""

from pathlib import Path
from typing import Any

import yaml

Manifest = dict[str, Any]
_KNOWN = {"apiVersion", "kind", "namespace", "resources", "configMapGenerator", "images", "replicas", "patches"}


def build(folder: Path) -> list[Manifest]:
    """Every manifest of a kustomization, its images, replicas and patches applied."""
    kustomization = yaml.safe_load((folder / "kustomization.yaml").read_text())
    unknown = set(kustomization) - _KNOWN
    assert not unknown, f"{folder} uses {unknown}, which these tests do not understand"
    manifests = _resources(folder, kustomization)
    for generated in kustomization.get("configMapGenerator", ()):
        _generate(folder, generated, manifests)
    for replica in kustomization.get("replicas", ()):
        (found,) = [
            m for m in manifests if m["metadata"]["name"] == replica["name"] and "replicas" in m.get("spec", {})
        ]
        found["spec"]["replicas"] = replica["count"]
    for patch in kustomization.get("patches", ()):
        _merge_into(manifests, yaml.safe_load(patch["patch"]))
    for image in kustomization.get("images", ()):
        _rename_images(manifests, image)
    if namespace := kustomization.get("namespace"):
        for manifest in manifests:
            if manifest["kind"] != "Namespace":
                manifest["metadata"]["namespace"] = namespace
    return manifests


def _resources(folder: Path, kustomization: Manifest) -> list[Manifest]:
    manifests: list[Manifest] = []
    for name in kustomization.get("resources", ()):
        path = folder / name
        if path.is_dir():
            manifests += build(path)
        else:
            manifests += [manifest for manifest in yaml.safe_load_all(path.read_text()) if manifest]
    return manifests


def _generate(folder: Path, generated: Manifest, manifests: list[Manifest]) -> None:
    data = {}
    for entry in generated["files"]:
        key, _, name = entry.rpartition("=")
        data[key or Path(name).name] = (folder / name).read_text()
    made = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": generated["name"]}, "data": data}
    if generated.get("behavior") == "replace":
        manifests[:] = [m for m in manifests if (m["kind"], m["metadata"]["name"]) != ("ConfigMap", generated["name"])]
    manifests.append(made)


def _merge_into(manifests: list[Manifest], patch: Manifest) -> None:
    key = (patch["kind"], patch["metadata"]["name"])
    (found,) = [m for m in manifests if (m["kind"], m["metadata"]["name"]) == key]
    _merge(found, patch)


def _merge(target: Manifest, patch: Manifest) -> None:
    for name, value in patch.items():
        if isinstance(value, dict) and isinstance(target.get(name), dict):
            _merge(target[name], value)
        else:
            target[name] = value


def _rename_images(manifests: list[Manifest], image: Manifest) -> None:
    for manifest in manifests:
        for container in containers(manifest):
            if container["image"] == image["name"]:
                container["image"] = f"{image['newName']}:{image['newTag']}"


def pod_spec(manifest: Manifest) -> Manifest | None:
    """The pod of a manifest that runs some."""
    spec = manifest.get("spec", {}).get("template", {}).get("spec")
    return spec if isinstance(spec, dict) else None


def containers(manifest: Manifest) -> list[Manifest]:
    """The containers of a manifest."""
    spec = pod_spec(manifest)
    return list(spec["containers"]) if spec else []
