"""What is said about sizes and policies."""

import pytest

from mailer.preflight import rules
from mailer.preflight.rules import Alignment, Answer, Findings

ALIGNED = Alignment("news.example.org", "bounces.test", ["example.org"])
SAME = Alignment("example.org", "bounces.test", ["example.org"])
ALONE = Alignment("news.example.org", "bounces.test", [])
OWN_RETURN = Alignment("news.example.org", "b.news.example.org", [])


def said(findings: Findings) -> list[str]:
    return [each.code for each in findings.problems] + [each.code for each in findings.warnings]


@pytest.mark.parametrize(("octets", "limit", "codes"), [(10, None, []), (10, 10, []), (11, 10, ["message_too_large"])])
def test_nobody_can_send_what_no_gateway_takes(octets: int, limit: int | None, codes: list[str]) -> None:
    findings = Findings()
    rules.judge_size(findings, octets, limit)
    assert said(findings) == codes
    assert not [problem for problem in findings.problems if problem.can_override]


@pytest.mark.parametrize(("html", "codes"), [(None, []), ("x" * 102 * 1024, []), ("ä" * 52 * 1024, ["html_clipped"])])
def test_html_is_measured_in_octets(html: str | None, codes: list[str]) -> None:
    findings = Findings()
    rules.judge_html(findings, html)
    assert said(findings) == codes


def test_files_count_as_they_are_written() -> None:
    assert rules.encoded_size([]) == 0
    assert rules.encoded_size([57]) == 78 + 600
    assert rules.encoded_size([58, 0]) == 2 * 78 + 2 * 600


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        (Answer("d", ("v=spf1 -all",)), []),
        (Answer("d", ("other", "V=SPF1")), []),
        (Answer("d", ("v=spf10 -all",)), ["spf_missing"]),
        (Answer("d"), ["spf_missing"]),
        (Answer("d", ("v=spf1 -all", "v=spf1 +all")), ["spf_invalid"]),
        (Answer("d", unanswered="nobody"), ["spf_unknown"]),
    ],
)
def test_spf_is_one_record(answer: Answer, codes: list[str]) -> None:
    findings = Findings()
    rules.judge_spf(findings, answer)
    assert said(findings) == codes


@pytest.mark.parametrize(
    ("records", "alignment", "codes"),
    [
        ([], ALIGNED, ["dmarc_missing"]),
        (["v=DMARC1; p=none"], ALONE, []),
        (["v=DMARC1; p=reject"], ALIGNED, []),
        (["v=DMARC1; p=reject; adkim=s; and more"], SAME, []),
        (["v=DMARC1;p=reject;adkim=s"], ALIGNED, ["dmarc_unaligned"]),
        (["v=DMARC1; p=quarantine"], ALONE, ["dmarc_unaligned"]),
        (["v=DMARC1; p=reject"], OWN_RETURN, []),
        (["v=DMARC1; p=reject; aspf=s"], OWN_RETURN, ["dmarc_unaligned"]),
        (["v=DMARC1; p=perhaps"], ALIGNED, ["dmarc_invalid"]),
        (["v=DMARC1; p=none", "v=DMARC1; p=none"], ALIGNED, ["dmarc_invalid"]),
        (["v=DMARC2; p=none"], ALIGNED, ["dmarc_missing"]),
    ],
)
def test_a_policy_is_read_and_kept(records: list[str], alignment: Alignment, codes: list[str]) -> None:
    findings = Findings()
    rules.judge_dmarc(findings, [Answer("_dmarc.news.example.org", tuple(records))], alignment)
    assert said(findings) == codes


def test_the_nearest_policy_holds_and_silence_is_not_absence() -> None:
    near, far = Answer("near", ("v=DMARC1; p=none",)), Answer("far", ("v=DMARC1; p=reject",))
    findings = Findings()
    rules.judge_dmarc(findings, [near, far], ALONE)
    assert said(findings) == []
    rules.judge_dmarc(findings, [Answer("near"), far], ALONE)
    rules.judge_dmarc(findings, [Answer("near", unanswered="nobody"), far], ALONE)
    assert said(findings) == ["dmarc_unaligned", "dmarc_unknown"]
