"""What the routes about sessions are given."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Annotated

from fastapi import Depends, Request

from common.http.bearer import CallerDep, Forbidden
from hub.sessions.caller import bearer_token
from hub.sessions.errors import CredentialRefused
from hub.sessions.records import Presented
from hub.sessions.service import Exchange, SignInDesk

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class SignInCounter:
    """What the routes of this domain share in one process."""

    desk: SignInDesk
    exchange: Exchange
    trusted_proxies: tuple[Network, ...]


async def shared_counter(request: Request) -> SignInCounter:
    """The one of this application."""
    counter: SignInCounter = request.app.state.sign_in
    return counter


CounterDep = Annotated[SignInCounter, Depends(shared_counter)]


async def client_address(request: Request, counter: CounterDep) -> str:
    """The network address of the person at the other end, as far as what forwards requests is trusted to know it."""
    peer = "" if request.client is None else request.client.host
    forwarded = request.headers.get("x-forwarded-for", "").split(",")
    # Nearest first: every trusted proxy vouches for the one address it appended, and for nothing before it.
    for address in reversed([hop.strip() for hop in forwarded if hop.strip()]):
        if not _is_trusted(peer, counter.trusted_proxies):
            break
        peer = address
    return peer[:64]


async def current_presented(request: Request, caller: CallerDep) -> Presented:
    """What the caller presented. Raises `Forbidden` for a service."""
    presented: Presented | None = getattr(request.state, "presented", None)
    if caller.is_service or presented is None:
        raise Forbidden("This is for accounts", right="signed_in")
    return presented


async def given_credential(request: Request) -> str:
    """The session token or API token a request is about. Raises `CredentialRefused`."""
    token = bearer_token(request)
    if token is None:
        raise CredentialRefused("An Authorization header with a session token or an API token is needed")
    return token


AddressDep = Annotated[str, Depends(client_address)]
PresentedDep = Annotated[Presented, Depends(current_presented)]
CredentialDep = Annotated[str, Depends(given_credential)]


def _is_trusted(address: str, networks: tuple[Network, ...]) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in networks)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return parsed.ipv4_mapped or parsed if isinstance(parsed, IPv6Address) else parsed
