import pytest

from tracker.reactions.networks import PUBLISHED, network_class, network_classes
from tracker.reactions.rules import SCANNING_NETWORKS


@pytest.mark.parametrize(
    ("network", "known"),
    [
        ("17.58.100.0/24", "apple"),
        ("209.222.82.0/24", "barracuda"),
        ("52.101.9.0/24", "microsoft_mail"),
        ("203.0.113.0/24", "unknown"),
        ("2001:db8:17::/48", "unknown"),
        ("not a network", "unknown"),
        ("", ""),
    ],
)
def test_a_network_is_somebodys_only_where_that_is_published(network: str, known: str) -> None:
    assert network_class(network) == known
    assert network_classes([network, network]) == [known, known]


def test_every_network_says_where_it_is_published_and_lies_within_what_its_first_octet_finds() -> None:
    for each in PUBLISHED:
        assert "." in each.source
        first, second, third, _ = each.network.partition("/")[0].split(".")
        assert network_class(f"{first}.{second}.{third}.0/24") == each.owner
    assert {each.owner for each in PUBLISHED} >= SCANNING_NETWORKS
