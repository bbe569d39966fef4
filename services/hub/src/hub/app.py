"""The application of hub."""

from fastapi import FastAPI

from common.contracts.shared import Role
from common.http.app import create_app
from common.service.resources import Resources
from hub.accounts import routes as accounts
from hub.accounts.passwords import Passwords
from hub.audit import routes as audit
from hub.components import routes as components
from hub.config import HubSettings
from hub.groups import routes as groups
from hub.sessions import routes as sessions
from hub.sessions.caller import resolve_caller
from hub.sessions.dependencies import SignInCounter
from hub.sessions.sealing import Sealer
from hub.sessions.service import Exchange, SignInDesk
from hub.settings import routes as settings_routes


def build(settings: HubSettings, resources: Resources, role: Role) -> FastAPI:
    """Every route of hub; it has no public pages of its own, so the role makes no difference."""
    del role
    app = create_app(
        settings,
        resources,
        title="hub",
        routers=[
            accounts.router,
            accounts.internal_router,
            groups.router,
            sessions.router,
            components.router,
            audit.router,
            settings_routes.router,
        ],
        caller_resolver=resolve_caller,
    )
    sealer = Sealer(settings.encryption_keys())
    app.state.passwords = Passwords(at_once=settings.passwords_at_once)
    app.state.sign_in = SignInCounter(
        desk=SignInDesk(resources.uow, app.state.passwords, sealer),
        exchange=Exchange(settings.issuer, sealer),
        trusted_proxies=tuple(settings.trusted_proxies),
    )
    return app
