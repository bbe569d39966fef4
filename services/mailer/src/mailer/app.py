"""mailer's HTTP application."""

from fastapi import FastAPI

from common.contracts.shared import Role
from common.contracts.signed_token import TokenKeys
from common.http.app import create_app as create_service_app
from common.service.resources import Resources
from mailer.bounces.hooks.certificates import Certificates
from mailer.bounces.hooks.desk import HookDesk
from mailer.bounces.intake import Intake
from mailer.bounces.routes import hooks
from mailer.bounces.routes import internal as bounced
from mailer.bounces.routes import router as bounces
from mailer.bounces.sources import configured_hooks
from mailer.composing.routes import Composer
from mailer.composing.routes import internal as composing
from mailer.composing.service import Origins
from mailer.config import MailerSettings
from mailer.deliveries.routes import router as deliveries
from mailer.dns import Resolver
from mailer.gateways import service as gateway_service
from mailer.gateways.routes import router as gateways
from mailer.installation.routes import router as installation
from mailer.notices.routes import router as notices
from mailer.preflight.routes import internal as preflight
from mailer.rehearsal.routes import router as rehearsals
from mailer.sealing import Sealer
from mailer.signing.routes import router as signing_keys
from mailer.suppression.routes import internal as suppression
from mailer.suppression.routes import router as suppressions

_CONTENT_LIMIT = 8 * 1024 * 1024


def origins_of(settings: MailerSettings) -> Origins:
    """Where recipients reach us."""
    return Origins(
        settings.tracker_public_url.rstrip("/"),
        settings.unsubscribe_url.rstrip("/"),
        settings.bounce_domain,
        tuple(configured_hooks(settings)),
    )


def create_app(settings: MailerSettings, resources: Resources, role: Role) -> FastAPI:
    """The application of a role; `public` is what strangers reach: the hooks of providers, beside SMTP and LMTP."""
    if role == "public":
        app = create_service_app(settings, resources, title="mailer", routers=(hooks,))
        app.state.hook_desk = _hook_desk(settings, resources)
        return app
    app = create_service_app(
        settings,
        resources,
        title="mailer",
        routers=(
            *((hooks,) if role == "all" else ()),
            bounces,
            bounced,
            deliveries,
            gateways,
            installation,
            notices,
            preflight,
            rehearsals,
            signing_keys,
            suppressions,
            suppression,
            composing,
        ),
        body_limits={"/internal/v1/": _CONTENT_LIMIT},
    )
    app.state.hook_desk = _hook_desk(settings, resources)
    app.state.sealer = Sealer.of(settings)
    app.state.resolver = Resolver(settings.dns)
    app.state.gateway_desk = gateway_service.Desk(settings.smtp, app.state.sealer)
    app.state.gateway_checker = gateway_service.Checker(resources.uow, app.state.gateway_desk)
    app.state.composer = Composer(origins_of(settings), TokenKeys(settings.master_keys()))
    return app


def _hook_desk(settings: MailerSettings, resources: Resources) -> HookDesk:
    intake = Intake(settings, resources.uow, TokenKeys(settings.master_keys()))
    return HookDesk(intake, Certificates(resources.http), resources.clock)
