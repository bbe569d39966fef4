import base64

from joserfc import jwt
from joserfc.jwk import OKPKey

from common.http.service_token import ALGORITHM
from hub.sessions.keys import SigningPair, generate_key, public_jwk, read_claims, sign_claims, thumbprint


def test_what_a_key_signs_verifies_with_the_published_half() -> None:
    key = generate_key()
    token = sign_claims(SigningPair(key.id, key.private), {"sub": "ada"})
    verified = jwt.decode(token, OKPKey.import_key({**public_jwk(key.id, key.public)}), algorithms=[ALGORITHM])
    assert verified.claims == {"sub": "ada"} == read_claims(token)
    assert verified.header["kid"] == key.id


def test_the_published_half_holds_nothing_private() -> None:
    key = generate_key()
    assert set(public_jwk(key.id, key.public)) == {"kty", "crv", "x", "kid", "use", "alg"}


def test_a_key_is_named_by_its_thumbprint() -> None:
    # RFC 8037, appendix A.3
    public = base64.urlsafe_b64decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
    assert thumbprint(public) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
