"""Who a suppression stands for."""

import hashlib


def address_hash(address: str) -> bytes:
    """What suppressions and the gate compare: case never makes two people of one address."""
    return hashlib.sha256(address.strip().lower().encode()).digest()
