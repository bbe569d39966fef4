"""Who it came back from, as one bit a recipient: lui chooses the next audience with it."""

from common.messaging.unit_of_work import UnitOfWork
from mailer.bounces import repository
from mailer.deliveries import service as deliveries
from mailer.deliveries.errors import DeliveryNotFound


async def bounced_bitset(uow: UnitOfWork, delivery_id: str) -> bytes:
    """Bit n, least significant first, says whether the message to ordinal n came back. Raises DeliveryNotFound."""
    if await deliveries.number_of(uow, delivery_id) is None:
        raise DeliveryNotFound(f"There is no delivery {delivery_id}", delivery_id=delivery_id)
    return _bits(await repository.bounced_ordinals(uow.session, delivery_id))


def _bits(ordinals: list[int]) -> bytes:
    """As short as the highest ordinal allows."""
    octets = bytearray(max(ordinals, default=-1) // 8 + 1)
    for ordinal in ordinals:
        octets[ordinal >> 3] |= 1 << (ordinal & 7)
    return bytes(octets)
