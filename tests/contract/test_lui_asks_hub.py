"""What lui sends to hub, and reads of its replies, against the OpenAPI hub commits."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from pydantic import BaseModel

from lui.clients.hub import AccessToken, Session, Standing

DOCUMENT: dict[str, Any] = orjson.loads((Path(__file__).parents[2] / "services/hub/openapi.json").read_bytes())
CALLS: list[tuple[str, str, str, type[BaseModel] | None]] = [
    ("post", "/api/v1/sessions", "201", Session),
    ("post", "/api/v1/token-exchange", "200", AccessToken),
    ("delete", "/api/v1/sessions/current", "204", None),
    ("get", "/internal/v1/accounts/{account_id}", "200", Standing),
]


def schema_of(content: dict[str, Any]) -> dict[str, Any]:
    reference: str = content["application/json"]["schema"]["$ref"]
    found: dict[str, Any] = DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]]
    return found


@pytest.mark.parametrize(("method", "path", "status", "model"), CALLS)
def test_hub_answers_what_lui_reads(method: str, path: str, status: str, model: type[BaseModel] | None) -> None:
    reply = DOCUMENT["paths"][path][method]["responses"][status]
    if model is not None:
        schema = schema_of(reply["content"])
        assert set(model.model_fields) <= set(schema["required"])
        assert set(model.model_fields) <= set(schema["properties"])


def test_hub_takes_what_lui_sends() -> None:
    schema = schema_of(DOCUMENT["paths"]["/api/v1/sessions"]["post"]["requestBody"]["content"])
    assert set(schema["required"]) <= {"account", "password"}
    assert {"account", "group", "password"} <= set(schema["properties"])
