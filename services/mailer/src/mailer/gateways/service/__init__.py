"""Handing mail to gateways at the pace that they and the receivers stand."""

from mailer.gateways.rules.pacer import Pacer, Share
from mailer.gateways.rules.results import ACCEPTED, BROKEN, Kind, Result, Slowness
from mailer.gateways.service.check import Checker
from mailer.gateways.service.control import list_limits, pause, remove_limit, resume, set_limit
from mailer.gateways.service.line import DEFAULT_ID, GatewaySettings, Line
from mailer.gateways.service.live import Gateways, Means
from mailer.gateways.service.pauses import note_complaints
from mailer.gateways.service.settings import Desk, Edit, change_gateway, create_gateway, delete_gateway
from mailer.gateways.service.shown import (
    PaceReason,
    get_gateway,
    get_traffic,
    list_gateways,
    pace_reasons,
    size_limit,
)

__all__ = [
    "ACCEPTED",
    "BROKEN",
    "DEFAULT_ID",
    "Checker",
    "Desk",
    "Edit",
    "GatewaySettings",
    "Gateways",
    "Kind",
    "Line",
    "Means",
    "PaceReason",
    "Pacer",
    "Result",
    "Share",
    "Slowness",
    "change_gateway",
    "create_gateway",
    "delete_gateway",
    "get_gateway",
    "get_traffic",
    "list_gateways",
    "list_limits",
    "note_complaints",
    "pace_reasons",
    "pause",
    "remove_limit",
    "resume",
    "set_limit",
    "size_limit",
]
