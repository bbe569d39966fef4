"""Use cases of sessions, API tokens and access tokens."""

from hub.sessions.records import Presented
from hub.sessions.service.api_tokens import NewApiToken, create_api_token, list_api_tokens, revoke_api_token
from hub.sessions.service.clean import forget_what_is_over
from hub.sessions.service.exchange import Exchange, exchange_token, present, present_access_token
from hub.sessions.service.first_administrator import create_first_administrator, reset_administrator
from hub.sessions.service.own_password import PasswordChange, change_own_password
from hub.sessions.service.own_sessions import end_session, list_sessions
from hub.sessions.service.sign_in import SignInAttempt, SignInDesk, sign_in
from hub.sessions.service.signing_keys import published_keys, rotate_keys

__all__ = [
    "Exchange",
    "NewApiToken",
    "PasswordChange",
    "Presented",
    "SignInAttempt",
    "SignInDesk",
    "change_own_password",
    "create_api_token",
    "create_first_administrator",
    "end_session",
    "exchange_token",
    "forget_what_is_over",
    "list_api_tokens",
    "list_sessions",
    "present",
    "present_access_token",
    "published_keys",
    "reset_administrator",
    "revoke_api_token",
    "rotate_keys",
    "sign_in",
]
