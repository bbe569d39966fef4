"""Whether a consumer of the old form of a fact can live with the new one, and whether stored messages still parse."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
_SAYS_NOTHING = {"title", "description", "default", "examples"}


def breaking_changes(old: Schema, new: Schema) -> list[str]:
    """What the new schema breaks for messages and consumers of the old one; empty when it only adds.

    Within a major version a fact may gain optional fields and enumerations may gain values in new fields; nothing is
    removed, renamed, retyped, narrowed or made required.
    """
    return list(_compare(_inlined(old, old), _inlined(new, new), ""))


def _compare(old: Any, new: Any, at: str) -> Iterator[str]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        if old != new:
            yield f"{at or '/'}: {old!r} became {new!r}"
        return
    yield from _fields(old, new, at)
    ours = {"properties", "required", *_SAYS_NOTHING}
    for keyword in sorted((old.keys() | new.keys()) - ours):
        if keyword not in new:
            yield f"{at or '/'}: {keyword} was removed"
        elif keyword not in old:
            yield f"{at or '/'}: {keyword} was added"
        elif isinstance(old[keyword], list) and isinstance(new[keyword], list):
            yield from _list(old[keyword], new[keyword], f"{at}/{keyword}")
        else:
            yield from _compare(old[keyword], new[keyword], f"{at}/{keyword}")


def _fields(old: Schema, new: Schema, at: str) -> Iterator[str]:
    was, is_now = old.get("properties", {}), new.get("properties", {})
    for name in was:
        if name not in is_now:
            yield f"{at}/{name} was removed"
        else:
            yield from _compare(was[name], is_now[name], f"{at}/{name}")
    for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
        yield f"{at}/{name} became required"
    for name in sorted(set(old.get("required", ())) - set(new.get("required", ()))):
        # A consumer that relies on it would meet messages without it.
        yield f"{at}/{name} became optional"


def _list(old: list[Any], new: list[Any], at: str) -> Iterator[str]:
    if len(old) != len(new):
        yield f"{at}: {old!r} became {new!r}"
        return
    for index, (before, after) in enumerate(zip(old, new, strict=True)):
        yield from _compare(before, after, f"{at}/{index}")


def _inlined(node: Any, root: Schema) -> Any:
    """The schema with every reference replaced by what it refers to, so that a renamed definition is no change."""
    if isinstance(node, list):
        return [_inlined(each, root) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target: Any = root
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return _inlined({**target, **{key: value for key, value in node.items() if key != "$ref"}}, root)
    return {key: _inlined(value, root) for key, value in node.items() if key != "$defs"}
