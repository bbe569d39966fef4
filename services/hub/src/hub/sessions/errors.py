"""What can be wrong with signing in and with tokens."""

from collections.abc import Mapping
from types import MappingProxyType

from common.contracts.problem import Problem

# A 401 has to name a scheme (RFC 9110, section 11.6.1).
_CHALLENGE: Mapping[str, str] = MappingProxyType({"WWW-Authenticate": "Bearer"})


class SignInRefused(Problem):
    """Account, group and password do not fit together; which of them is wrong is not told."""

    status, slug, title = 401, "sign-in-refused", "The name or the password is not right"
    headers = _CHALLENGE


class TooManyAttempts(Problem):
    """Wrong passwords slow the next attempt down; `Retry-After` says until when."""

    status, slug, title = 429, "too-many-attempts", "Too many attempts"


class CredentialRefused(Problem):
    """The token is unknown, over, or not of a kind that is taken here."""

    status, slug, title = 401, "credential-refused", "Sign in again"
    headers = _CHALLENGE


class PasswordRefused(Problem):
    """The present password was not given rightly."""

    status, slug, title = 403, "password-refused", "The present password is not right"


class SessionNotFound(Problem):
    """The caller has no such session."""

    status, slug, title = 404, "session-not-found", "There is no such session"


class ApiTokenNotFound(Problem):
    """The caller has no such API token."""

    status, slug, title = 404, "api-token-not-found", "There is no such API token"


class TooManyApiTokens(Problem):
    """An account keeps a bounded number of API tokens."""

    status, slug, title = 409, "too-many-api-tokens", "Revoke an API token first"
