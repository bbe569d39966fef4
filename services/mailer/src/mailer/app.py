"""mailer's HTTP application."""

from fastapi import FastAPI

from common.contracts.shared import Role
from common.contracts.signed_token import TokenKeys
from common.http.app import create_app as create_service_app
from common.service.resources import Resources
from mailer.composing.routes import Composer
from mailer.composing.routes import internal as composing
from mailer.composing.service import Origins
from mailer.config import MailerSettings
from mailer.deliveries.routes import router as deliveries
from mailer.dns import Resolver
from mailer.gateways import service as gateway_service
from mailer.gateways.routes import router as gateways
from mailer.rehearsal.routes import router as rehearsals
from mailer.sealing import Sealer
from mailer.signing.routes import router as signing_keys
from mailer.suppression.routes import internal as suppression
from mailer.suppression.routes import router as suppressions

_CONTENT_LIMIT = 8 * 1024 * 1024


def origins_of(settings: MailerSettings) -> Origins:
    """Where recipients reach us."""
    return Origins(
        settings.tracker_public_url.rstrip("/"), settings.unsubscribe_url.rstrip("/"), settings.bounce_domain
    )


def create_app(settings: MailerSettings, resources: Resources, role: Role) -> FastAPI:
    """The application of a role; `public` only answers whether it is well, its business is SMTP."""
    if role == "public":
        return create_service_app(settings, resources, title="mailer", routers=())
    app = create_service_app(
        settings,
        resources,
        title="mailer",
        routers=(deliveries, gateways, rehearsals, signing_keys, suppressions, suppression, composing),
        body_limits={"/internal/v1/": _CONTENT_LIMIT},
    )
    app.state.sealer = Sealer.of(settings)
    app.state.resolver = Resolver(settings.dns)
    app.state.gateway_desk = gateway_service.Desk(settings.smtp, app.state.sealer)
    app.state.gateway_checker = gateway_service.Checker(resources.uow, app.state.gateway_desk)
    app.state.composer = Composer(origins_of(settings), TokenKeys(settings.master_keys()))
    return app
