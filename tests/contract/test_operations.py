"""What the pages for operators name is there: variables, calls and metrics."""

import json
import re
import typing
from pathlib import Path

import pytest
from pydantic import BaseModel

from hub.config import HubSettings
from lui.config import LuiSettings
from mailer.config import MailerSettings
from tracker.config import TrackerSettings

_ROOT = Path(__file__).parents[2]
_PAGES = sorted((_ROOT / "docs/operations").glob("*.md"))
_SETTINGS: dict[str, type[BaseModel]] = {
    "HUB_": HubSettings,
    "LUI_": LuiSettings,
    "TRACKER_": TrackerSettings,
    "MAILER_": MailerSettings,
}
_VARIABLE = re.compile(r"\b((?:HUB|LUI|TRACKER|MAILER)_[A-Z0-9_]*[A-Z0-9])\b")
_CALL = re.compile(r"`(GET|POST|PUT|PATCH|DELETE) (?:/api/v1)?(/[^`?\s]*)")
_METRIC = re.compile(r"`((?:hub|lui|tracker|mailer|outbox|consumer|dead)_[a-z_]+[a-z])[`{]")


def _variables(model: type[BaseModel], prefix: str) -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        own = prefix + name.upper()
        found.add(own)
        for kind in (field.annotation, *typing.get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                found |= _variables(kind, f"{own}__")
    return found


def _known_variables() -> set[str]:
    return set().union(*(_variables(model, prefix) for prefix, model in _SETTINGS.items()))


def _known_calls() -> set[tuple[str, str]]:
    found = set()
    for description in _ROOT.glob("services/*/openapi.json"):
        for path, methods in json.loads(description.read_text())["paths"].items():
            found |= {(method.upper(), _shape(path.removeprefix("/api/v1"))) for method in methods}
    return found


def _shape(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def _source_has(name: str) -> bool:
    # Counters are declared without the ending that Prometheus shows.
    names = {f'"{each}"' for each in (name, name.removesuffix("_total"))}
    files = (file for folder in ("libs", "services") for file in (_ROOT / folder).glob("**/src/**/*.py"))
    return any(each in file.read_text() for file in files for each in names)


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem)
def test_every_variable_is_one(page: Path) -> None:
    assert sorted(set(_VARIABLE.findall(page.read_text())) - _known_variables()) == []


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem)
def test_every_call_is_answered_by_some_service(page: Path) -> None:
    named = {(method, _shape(path)) for method, path in _CALL.findall(page.read_text()) if "…" not in path}
    assert sorted(named - _known_calls()) == []


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem)
def test_every_metric_is_counted(page: Path) -> None:
    assert [name for name in sorted(set(_METRIC.findall(page.read_text()))) if not _source_has(name)] == []
