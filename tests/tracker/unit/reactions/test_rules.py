import pytest

from tests.support.builders.tracker import FIREFOX
from tracker.reactions.rules import MACHINES, Judgement, judge

GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"


@pytest.mark.parametrize(
    ("method", "agent", "judged"),
    [
        ("GET", FIREFOX, Judgement.HUMAN),
        ("GET", "Mozilla", Judgement.HUMAN),
        ("HEAD", FIREFOX, Judgement.SCANNER),
        ("HEAD", "", Judgement.SCANNER),
        ("GET", GMAIL, Judgement.PROXY),
        ("GET", "GoogleImageProxy", Judgement.PROXY),
        ("GET", "Mozilla/5.0", Judgement.PROXY),  # Apple's Mail Privacy Protection says no more
        ("GET", "Mozilla/5.0 (compatible; Barracuda Sentinel (EE))", Judgement.SCANNER),
        ("GET", "Proofpoint URL Defense", Judgement.SCANNER),
        ("GET", "curl/8.5.0", Judgement.SCANNER),
        ("GET", "", Judgement.UNKNOWN),
        ("GET", "mail", Judgement.UNKNOWN),
    ],
)
def test_a_hit_is_judged_by_how_it_asks_and_what_it_calls_itself(method: str, agent: str, judged: Judgement) -> None:
    assert judge(method, agent).judgement is judged


def test_what_is_not_known_counts_as_people() -> None:
    assert {Judgement.PROXY, Judgement.SCANNER} == MACHINES
