import secrets

import pytest

from hub.sessions.sealing import Sealer
from hub.sessions.slow_down import labels, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("unix socket", "unix socket"),
    ],
)
def test_one_subscriber_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_spelling_an_account_differently_does_not_start_anew() -> None:
    sealer = Sealer([secrets.token_bytes(32)])
    once = labels(sealer, account="Ada", group="Marketing", address="192.0.2.7")
    again = labels(sealer, account=" aDA ", group="MARKETING", address="192.0.2.7")
    assert once == again
    assert labels(sealer, account="Ada", group=None, address="192.0.2.7").account != once.account
