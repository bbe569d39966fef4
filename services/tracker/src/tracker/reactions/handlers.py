"""Facts that bring reactions."""

from collections.abc import Sequence

from common.contracts.mailer import EnvelopesAcceptedV1
from common.contracts.tracker import ReactionsSpooledV1
from common.messaging.unit_of_work import UnitOfWork
from tracker.reactions import service


async def on_reactions_spooled(uow: UnitOfWork, facts: Sequence[ReactionsSpooledV1]) -> None:
    """Intakes moved hits on: store and count them."""
    await service.store_reactions(uow, facts)


async def on_envelopes_accepted(uow: UnitOfWork, facts: Sequence[EnvelopesAcceptedV1]) -> None:
    """Mailer's messages were taken by the next server: keep when."""
    await service.keep_acceptances(uow, facts)
