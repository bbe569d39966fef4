import pytest

from tracker.reactions.networks import network_class


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
