"""RSA signatures by the OpenSSL that Python itself runs on, called so that other threads run meanwhile.

`cryptography` holds the interpreter's lock while it signs, so two threads sign no faster than one. A foreign call gives
the lock away. PKCS #1 v1.5 knows no chance: both make the same octets, and where there is no such library, or it makes
others, `cryptography` signs.
"""

import ctypes
import weakref
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

_NAMES = ("libcrypto.so.3",)
_PADDING_PKCS1 = 1
_PROBE = bytes(range(32))
_Pointer = ctypes.c_void_p
_Length = ctypes.c_size_t


class RsaSign(Protocol):
    """Signs the SHA-256 digest of something."""

    def __call__(self, digest: bytes) -> bytes:
        """The signature."""


class _Unusable(Exception):
    """The library does not do what it should."""


class _Library:
    """The few functions that are called."""

    def __init__(self, name: str) -> None:
        library = ctypes.CDLL(name)

        def function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
            found: Any = getattr(library, name)
            found.restype, found.argtypes = result, arguments
            done: Callable[..., Any] = found
            return done

        octets = ctypes.POINTER(ctypes.c_char_p)
        self.read_key = function("d2i_AutoPrivateKey", _Pointer, _Pointer, octets, ctypes.c_long)
        self.free_key = function("EVP_PKEY_free", None, _Pointer)
        self.new_context = function("EVP_PKEY_CTX_new", _Pointer, _Pointer, _Pointer)
        self.free_context = function("EVP_PKEY_CTX_free", None, _Pointer)
        self.begin = function("EVP_PKEY_sign_init", ctypes.c_int, _Pointer)
        self.pad = function("EVP_PKEY_CTX_set_rsa_padding", ctypes.c_int, _Pointer, ctypes.c_int)
        self.hash_with = function("EVP_PKEY_CTX_set_signature_md", ctypes.c_int, _Pointer, _Pointer)
        self.sign = function(
            "EVP_PKEY_sign",
            ctypes.c_int,
            _Pointer,
            ctypes.c_char_p,
            ctypes.POINTER(_Length),
            ctypes.c_char_p,
            _Length,
        )
        self.sha256 = function("EVP_sha256", _Pointer)()


class _Key:
    """A private key in the library's memory. Any number of threads may sign with it: each call has its own context."""

    def __init__(self, library: _Library, key: RSAPrivateKey) -> None:
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        pointer = library.read_key(None, ctypes.byref(ctypes.c_char_p(der)), len(der))
        if not pointer:
            raise _Unusable
        self._library = library
        self._pointer = pointer
        self._length = key.key_size // 8
        weakref.finalize(self, library.free_key, pointer)

    def __call__(self, digest: bytes) -> bytes:
        """The signature. Raises _Unusable."""
        library = self._library
        context = library.new_context(self._pointer, None)
        try:
            signature, length = ctypes.create_string_buffer(self._length), _Length(self._length)
            done = (
                context
                and library.begin(context) == 1
                and library.pad(context, _PADDING_PKCS1) == 1
                and library.hash_with(context, library.sha256) == 1
                and library.sign(context, signature, ctypes.byref(length), digest, len(digest)) == 1
            )
        finally:
            library.free_context(context)
        if not done:
            raise _Unusable
        return signature.raw[: length.value]


def concurrent_sign(key: RSAPrivateKey, otherwise: RsaSign) -> RsaSign:
    """Signs as `otherwise` does, to the octet, and lets other threads run; `otherwise` itself where that cannot be."""
    library = _library()
    if library is None:
        return otherwise
    try:
        sign = _Key(library, key)
        return sign if sign(_PROBE) == otherwise(_PROBE) else otherwise
    except _Unusable:
        return otherwise


@cache
def _library() -> _Library | None:
    for name in _NAMES:
        try:
            return _Library(name)
        except (OSError, AttributeError):
            continue
    return None
