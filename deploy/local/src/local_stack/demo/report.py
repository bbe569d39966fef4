"""The sum-of-events report: printed as a table, and compared with what was done."""

from typing import Any

from local_stack.demo.letter import LINKS
from local_stack.demo.reactions import Tally

_WIDTH = 72


def differences(report: dict[str, Any], tally: Tally) -> list[str]:
    """Where the report is not what was done, in words; empty when it matches to the unit."""
    clicks = report["clicks"]
    pairs = [
        ("opens", report["opens"]["total"], tally.opens),
        ("unique opens", report["opens"]["unique"], len(tally.openers)),
        ("clicks", clicks["any"], tally.clicks.total()),
        ("clicks in HTML", clicks["html"], tally.in_part("html")),
        ("clicks in text", clicks["text"], tally.in_part("text")),
        ("unique clicks", clicks["unique"], tally.people_who_clicked()),
    ]
    for (part, link), count in tally.clicks.items():
        row = _row(report, part, LINKS[link])
        pairs.append((f"{link} in {part}", row.get("total"), count))
        pairs.append((f"unique {link} in {part}", row.get("unique"), len(tally.clickers[part, link])))
    pairs.append(("all links", sum(row["total"] for row in report["by_link"]), tally.clicks.total()))
    return [f"{name}: the report says {said}, done was {done}" for name, said, done in pairs if said != done]


def _row(report: dict[str, Any], part: str, url: str) -> dict[str, Any]:
    rows = (row for row in report["by_link"] if row["part"] == part and row["url"] == url)
    return next(rows, {})


def table(report: dict[str, Any]) -> list[str]:
    """The report as lines of text: any link is the sum of HTML and text."""
    clicks = report["clicks"]
    lines = [_line("Event", "total", "unique"), "-" * (_WIDTH + 18)]
    lines.append(_line("Opened", report["opens"]["total"], report["opens"]["unique"]))
    lines.append(_line("Any link", clicks["any"], clicks["unique"]))
    for part, label in (("html", "HTML"), ("text", "Text")):
        lines.append(_line(f"  {label}", clicks[part], ""))
        rows = [row for row in report["by_link"] if row["part"] == part]
        lines += [_line(f"    {row['alias'] or row['url']}", row["total"], row["unique"]) for row in rows]
    return lines


def _line(label: str, total: object, unique: object) -> str:
    return f"{label:<{_WIDTH}} {'' if total is None else total:>8} {'-' if unique is None else unique:>8}"
