"""tracker as far as whole questions go: it counts the reactions a test gives it, in the shapes of its OpenAPI."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from common.http import httpx
from tests.lui.integration.deliveries.world import World

AS_OF = "2026-11-22T09:30:00Z"
_KINDS = {"opens": "open", "actions": "action"}
_PARTS = {"clicks_html": "html", "clicks_text": "text"}


@dataclass(frozen=True)
class Reacted:
    """One reaction."""

    delivery_id: str
    kind: str = "click"
    label: str | None = "home"
    part: str = "html"
    subject: int = 1
    at: str = "2026-11-10T12:00:00Z"
    judgement: str = "human"
    agent: str = "Mozilla/5.0"


@dataclass
class CountingTracker:
    """Answers from what it was given, and remembers what it was asked."""

    reactions: list[Reacted] = field(default_factory=list)
    is_away: bool = False
    asked: list[tuple[str, Any]] = field(default_factory=list)
    rules_version: int = 2
    crowd: int = 0
    """So many recipients reacted, beside those given."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """The answer to lui."""
        question = request.url.path.rpartition("/")[2]
        body = json.loads(request.content)
        self.asked.append((question, body))
        if self.is_away:
            raise httpx.ConnectError("away", request=request)
        answers: dict[str, Callable[[Any], Any]] = {
            "count": self._count,
            "people": self._people,
            "reactions": self._reactions,
            "sums": self._sums,
        }
        common = {"rules_version": self.rules_version, "as_of": AS_OF, "notes": []}
        return httpx.Response(200, json={**answers[question](body), **common})

    def _of(self, source: Any, asked: Any) -> list[Reacted]:
        kind, part = _KINDS.get(source["event"], "click"), _PARTS.get(source["event"])
        return [
            each
            for each in self.reactions
            if each.delivery_id in source["delivery_ids"]
            and each.kind == kind
            and part in {None, each.part}
            and (source["labels"] is None or each.label in source["labels"])
            and (asked["start"] is None or _at(each.at) >= _at(asked["start"]))
            and (asked["end"] is None or _at(each.at) < _at(asked["end"]))
        ]

    def _count(self, asked: Any) -> Any:
        sources = []
        for source in asked["sources"]:
            found = self._of(source, asked)
            labels = sorted({each.label for each in found if each.label})
            sources.append(
                {
                    **_sums(found, asked["count"]),
                    "points": [[AS_OF, len(found)]] if asked["interval"] else [],
                    "labels": [
                        {"label": label, **_parts([each for each in found if each.label == label], asked["count"])}
                        for label in labels
                    ],
                    "unknown_labels": [each for each in source["labels"] or () if each not in labels],
                }
            )
        return {"sources": sources}

    def _people(self, asked: Any) -> Any:
        rows = [
            {"source": at, "delivery_id": each.delivery_id, "subject": each.subject, "first_at": each.at, "hits": 1}
            | {"is_human": each.judgement == "human"}
            for at, source in enumerate(asked["sources"])
            for each in self._of(source, asked)
        ]
        if self.crowd:
            delivery_id = asked["sources"][0]["delivery_ids"][0]
            one = {"source": 0, "delivery_id": delivery_id, "first_at": AS_OF, "hits": 1, "is_human": True}
            start = asked["after"][2] if asked["after"] else 0
            end = min(start + asked["limit"], self.crowd)
            rows = [{**one, "subject": 1 + at % 3} for at in range(start, end)]
            return {"rows": rows, "next": [0, 0, end] if end < self.crowd else None}
        return _page(rows, asked)

    def _reactions(self, asked: Any) -> Any:
        rows = [
            {
                "source": at,
                "delivery_id": each.delivery_id,
                "at": each.at,
                "kind": each.kind,
                "subject": each.subject,
                "label": each.label if each.kind != "open" else None,
                "part": each.part,
                "judgement": each.judgement,
                "agent": each.agent,
                "network_class": "",
                "rule": "browser",
            }
            for at, source in enumerate(asked["sources"])
            for each in self._of(source, asked)
        ]
        return _page(rows, asked)

    def _sums(self, asked: Any) -> Any:
        rows = []
        for delivery_id in asked["delivery_ids"]:
            row: dict[str, Any] = {"delivery_id": delivery_id}
            for name, kind, people in (("opens", "open", "opened"), ("clicks", "click", "clicked")):
                found = [each for each in self.reactions if (each.delivery_id, each.kind) == (delivery_id, kind)]
                sums = _sums(found, "unique")
                row |= {name: sums["total"], f"human_{name}": sums["humans"]}
                row |= {people: sums["people"], f"human_{people}": sums["human_people"]}
            rows.append(row)
        return {"deliveries": rows}


@dataclass(frozen=True)
class Desk:
    """Everything a question takes."""

    world: World
    client: httpx.AsyncClient
    counting: CountingTracker
    job_id: str


def _page(rows: list[Any], asked: Any) -> Any:
    start = asked["after"][2] if asked["after"] else 0
    end = start + asked["limit"]
    return {"rows": rows[start:end], "next": [0, 0, end] if end < len(rows) else None}


def _sums(found: Sequence[Reacted], count: str) -> dict[str, Any]:
    humans = [each for each in found if each.judgement == "human"]
    people = {(each.delivery_id, each.subject) for each in found}
    human_people = {(each.delivery_id, each.subject) for each in humans}
    is_unique = count == "unique"
    return {
        "total": len(found),
        "humans": len(humans),
        "people": len(people) if is_unique else None,
        "human_people": len(human_people) if is_unique else None,
    }


def _parts(found: Sequence[Reacted], count: str) -> dict[str, Any]:
    parts = {part: sum(each.part == part for each in found) for part in ("html", "text")}
    return {**_sums(found, count), **parts}


def _at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)
