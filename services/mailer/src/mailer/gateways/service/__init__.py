"""Handing mail to gateways at the pace that they and the receivers stand."""

from mailer.gateways.rules.pacer import Pacer, Share
from mailer.gateways.rules.results import ACCEPTED, BROKEN, Kind, Result, Slowness
from mailer.gateways.service.line import DEFAULT_ID, GatewaySettings, Line
from mailer.gateways.service.live import Gateways, Means

__all__ = [
    "ACCEPTED",
    "BROKEN",
    "DEFAULT_ID",
    "GatewaySettings",
    "Gateways",
    "Kind",
    "Line",
    "Means",
    "Pacer",
    "Result",
    "Share",
    "Slowness",
]
