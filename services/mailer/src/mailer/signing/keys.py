"""Private keys that sign messages: made, read, written, used."""

from collections.abc import Callable
from typing import Literal

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
)

from mailer.signing.libcrypto import concurrent_sign

Algorithm = Literal["rsa-2048", "ed25519"]
RSA_BITS = 2048
_EXPONENT = 65537
_PADDING = PKCS1v15()
_HASHED = Prehashed(SHA256())


class KeyUnusable(Exception):
    """A key that was given cannot sign messages; the text says why."""


class SigningKey:
    """A private key, parsed once. Any number of threads may sign with it."""

    def __init__(self, key: RSAPrivateKey | Ed25519PrivateKey) -> None:
        self._key = key
        self.sign: Callable[[bytes], bytes]
        """Signs a SHA-256 digest: by RFC 8463, 3 that digest is also what Ed25519 signs."""
        self.algorithm: Algorithm
        if isinstance(key, RSAPrivateKey):
            rsa = key
            self.algorithm, self.tag, self.signature_length = "rsa-2048", b"rsa-sha256", rsa.key_size // 8
            self.sign = concurrent_sign(rsa, lambda digest: rsa.sign(digest, _PADDING, _HASHED))
        else:
            self.algorithm, self.tag, self.signature_length = "ed25519", b"ed25519-sha256", 64
            self.sign = key.sign

    @classmethod
    def generate(cls, algorithm: Algorithm) -> "SigningKey":
        """A new key; an RSA key takes a good part of a second."""
        if algorithm == "ed25519":
            return cls(Ed25519PrivateKey.generate())
        return cls(generate_private_key(_EXPONENT, RSA_BITS))

    @classmethod
    def from_pem(cls, pem: str) -> "SigningKey":
        """A key somebody had already. Raises KeyUnusable."""
        try:
            key = load_pem_private_key(pem.strip().encode(), password=None)
        except TypeError:
            raise KeyUnusable("the key is protected by a passphrase; take that off first") from None
        except (ValueError, UnsupportedAlgorithm):
            raise KeyUnusable("this is no private key in PEM") from None
        if isinstance(key, RSAPrivateKey):
            if key.key_size != RSA_BITS:
                raise KeyUnusable(f"an RSA key must have {RSA_BITS} bits, this one has {key.key_size}")
            return cls(key)
        if isinstance(key, Ed25519PrivateKey):
            return cls(key)
        raise KeyUnusable("only RSA and Ed25519 keys sign messages")

    @classmethod
    def from_octets(cls, octets: bytes) -> "SigningKey":
        """What `octets` gave. Raises KeyUnusable."""
        try:
            key = load_der_private_key(octets, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise KeyUnusable("the stored key cannot be read") from None
        if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
            raise KeyUnusable("the stored key is of another kind")
        return cls(key)

    def octets(self) -> bytes:
        """The private key, to be sealed."""
        return self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def public_octets(self) -> bytes:
        """What `p=` of the record holds: SubjectPublicKeyInfo for RSA, the bare 32 octets for Ed25519 (RFC 8463, 4)."""
        public = self._key.public_key()
        if self.algorithm == "ed25519":
            return public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
