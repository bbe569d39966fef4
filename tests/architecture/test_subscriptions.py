"""What services consume is what their NATS users may consume, and what the brokers of all deployments allow."""

import importlib

import pytest

from common.messaging.streams import Names
from local_stack.layout import SERVICES
from local_stack.nats_server import READS, durable


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_may_read_exactly_what_it_subscribes_to(service: str) -> None:
    subscriptions = importlib.import_module(f"{service}.worker").SUBSCRIPTIONS
    assert {subscription.fact.subject for subscription in subscriptions} == set(READS[service])


@pytest.mark.parametrize("service", SERVICES)
def test_consumers_are_called_alike_here_and_there(service: str) -> None:
    for subscription in importlib.import_module(f"{service}.worker").SUBSCRIPTIONS:
        theirs = Names().durable(service, subscription.fact, subscription.name)
        assert theirs == durable(service, subscription.fact.subject)
