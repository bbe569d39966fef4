"""What lui sends to mailer and tracker, and reads of their replies, against the OpenAPI they commit."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest
from pydantic import BaseModel

from common.contracts.lui import TrackingPlanV1
from lui.clients.mailer import ContentCheck, EnvelopePage, MessagePreview
from lui.clients.mailer_preflight import Preflight
from lui.clients.tracker import ReactionSeries, ReactionSums
from lui.clients.tracker_reports import Asked, AskedSource, CountedReactions, ReactionPage, ReactorPage, Sums
from lui.deliveries.schemas import ContentOut

SERVICES = Path(__file__).parents[2] / "services"

REPLIES: list[tuple[str, str, str, type[BaseModel]]] = [
    ("mailer", "post", "/internal/v1/content/check", ContentCheck),
    ("mailer", "post", "/internal/v1/preview", MessagePreview),
    ("mailer", "post", "/internal/v1/preflight", Preflight),
    ("mailer", "get", "/api/v1/deliveries/{delivery_id}/envelopes", EnvelopePage),
    ("tracker", "get", "/internal/v1/report", ReactionSums),
    ("tracker", "get", "/internal/v1/report/over-time", ReactionSeries),
    ("tracker", "post", "/internal/v1/reports/count", CountedReactions),
    ("tracker", "post", "/internal/v1/reports/people", ReactorPage),
    ("tracker", "post", "/internal/v1/reports/reactions", ReactionPage),
    ("tracker", "post", "/internal/v1/reports/sums", Sums),
]

CONTENT: dict[str, Any] = {
    "subject": "Recall",
    "html": "<p>Hello {{ NAME }}</p>",
    "text": None,
    "columns": ["EMAIL", "NAME"],
    "address_column": "EMAIL",
    "name_column": None,
    "sender": {"address": "a@example.org", "name": None, "reply_to": None, "bounces": {"mode": "automatic"}},
    "list_id": "<1.tutti.example.org>",
    "usage": "merge",
    "subject_mark": "[Test] ",
    "delivery_id": "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01",
    "delivery_number": 1,
    "kind": "test",
    "tracking": TrackingPlanV1(level="off", opens=False, links=()).model_dump(mode="json"),
    "reference_time": "2026-11-22T09:00:00Z",
}
BODIES: list[tuple[str, str, str, Any]] = [
    ("mailer", "post", "/internal/v1/content/check", {"subject": "s", "html": "h", "text": None, "columns": None}),
    ("mailer", "post", "/internal/v1/content/check", {"subject": "s", "html": None, "text": "t", "columns": ["A"]}),
    ("mailer", "post", "/internal/v1/preflight", CONTENT),
    ("mailer", "post", "/internal/v1/preview", {**CONTENT, "recipient": [1, "a@example.org", ["a@example.org", "A"]]}),
    *(
        (
            "mailer",
            "put",
            "/internal/v1/suppressions/by-envelope",
            {
                "delivery_id": CONTENT["delivery_id"],
                "ordinal": 1,
                "address": "a@example.org",
                "group_id": group_id,
                "reason": reason,
            },
        )
        for group_id, reason in itertools.product([None, "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2c01"], ["one_click", "page"])
    ),
]
_ASKED = Asked(
    sources=[
        AskedSource(event="clicks", delivery_ids=[CONTENT["delivery_id"]], labels=["home"]),
        AskedSource(event="actions", delivery_ids=[], tags=[7]),
    ],
    start=datetime(2026, 11, 1, tzinfo=UTC),
    judged="human",
).model_dump(mode="json")
BODIES += [
    (
        "tracker",
        "post",
        "/internal/v1/reports/count",
        {**_ASKED, "time_zone": "Europe/Berlin", "interval": interval, "count": count},
    )
    for interval, count in itertools.product([None, "hour", "day", "week", "month"], ["total", "unique"])
]
BODIES += [
    ("tracker", "post", f"/internal/v1/reports/{question}", {**_ASKED, "after": after, "limit": 2_000})
    for question, after in itertools.product(["people", "reactions"], [None, [0, 1, 2]])
]
BODIES += [("tracker", "post", "/internal/v1/reports/sums", {"delivery_ids": [CONTENT["delivery_id"]]})]
QUERIES: list[tuple[str, str, set[str]]] = [
    ("mailer", "/api/v1/deliveries/{delivery_id}/envelopes", {"state", "after", "limit"}),
    ("mailer", "/api/v1/deliveries/{delivery_id}/bounces.csv", {"class", "reasons"}),
    ("tracker", "/internal/v1/report", {"delivery_id", "judged"}),
    ("tracker", "/internal/v1/report/over-time", {"delivery_id", "interval", "time_zone", "judged"}),
]


def described(service: str) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads((SERVICES / service / "openapi.json").read_bytes())
    return document


def reply_schema(document: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    responses = document["paths"][path][method]["responses"]
    schema: dict[str, Any] = responses["200"]["content"]["application/json"]["schema"]
    return schema


def resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def samples(schema: dict[str, Any], document: dict[str, Any]) -> Iterator[Any]:
    """Values the schema allows: every alternative and every enumerated word at least once."""
    schema = resolved(schema, document)
    if alternatives := (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        for choice in alternatives:
            yield from samples(choice, document)
        return
    if "enum" in schema or "const" in schema:
        yield from schema.get("enum", [schema.get("const")])
        return
    kind = str(schema.get("type"))
    if kind == "object":
        yield from _objects(schema, document)
    elif kind == "array":
        yield from _arrays(schema, document)
    elif kind == "string":
        yield "2026-11-22T09:00:00Z" if schema.get("format") == "date-time" else "text"
    else:
        yield from {"integer": [schema.get("minimum", 1)], "number": [1.5], "boolean": [True, False]}.get(kind, [None])


def _objects(schema: dict[str, Any], document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    choices = {name: list(samples(each, document)) for name, each in schema.get("properties", {}).items()}
    full = {name: values[0] for name, values in choices.items() if values}
    yield full
    yield {name: value for name, value in full.items() if name in schema.get("required", ())}
    for name, values in choices.items():
        yield from ({**full, name: value} for value in values[1:])


def _arrays(schema: dict[str, Any], document: dict[str, Any]) -> Iterator[list[Any]]:
    if "prefixItems" in schema:
        columns = [list(samples(each, document)) for each in schema["prefixItems"]]
        yield from ([column[at % len(column)] for column in columns] for at in range(max(map(len, columns))))
        return
    yield list(samples(schema.get("items", {}), document))
    yield []


@pytest.mark.parametrize(("service", "method", "path", "model"), REPLIES)
def test_lui_reads_every_reply_its_neighbour_may_give(
    service: str, method: str, path: str, model: type[BaseModel]
) -> None:
    document = described(service)
    replies = list(samples(reply_schema(document, method, path), document))
    assert replies
    for reply in replies:
        model.model_validate_json(orjson.dumps(reply))


@pytest.mark.parametrize(("service", "method", "path", "body"), BODIES)
def test_what_lui_sends_is_what_its_neighbour_takes(service: str, method: str, path: str, body: dict[str, Any]) -> None:
    document = described(service)
    schema = document["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(body)


@pytest.mark.parametrize(("service", "path", "asked"), QUERIES)
def test_every_parameter_lui_asks_with_is_known(service: str, path: str, asked: set[str]) -> None:
    parameters = described(service)["paths"][path]["get"]["parameters"]
    assert asked <= {each["name"] for each in parameters if each["in"] == "query"}


def test_the_content_document_is_described_as_it_is_served() -> None:
    assert ContentOut.model_validate(CONTENT).model_dump(mode="json") == CONTENT
