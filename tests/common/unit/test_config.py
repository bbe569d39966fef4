from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_settings import SettingsConfigDict

from common.config import ServiceSettings, TokenKeySettings, decode_key


class Smtp(BaseModel):
    host: str
    password: SecretStr = SecretStr("")


class Settings(TokenKeySettings):
    model_config = SettingsConfigDict(env_prefix="MAILER_")

    smtp: Smtp
    credentials_file: Path = Path("here")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in {
        "DATABASE_URL": "postgresql+psycopg://a:b@c/d",
        "NATS_URL": "nats://n",
        "HTTP_PORT": "8083",
        "HUB_URL": "http://hub",
        "SERVICE_PRIVATE_KEY": "k" * 43,
        "SERVICE_PUBLIC_KEYS": '{"lui": "abc"}',
        "TOKEN_KEYS": "A" * 43 + "," + "B" * 43,
        "SMTP__HOST": "mx",
    }.items():
        monkeypatch.setenv(f"MAILER_{name}", value)
    return monkeypatch


def test_the_environment_is_read_with_nested_groups() -> None:
    settings = Settings()
    assert settings.http_port == 8083
    assert settings.smtp.host == "mx"
    assert settings.service_public_keys == {"lui": "abc"}
    assert settings.service == "mailer"


def test_nothing_can_be_changed_afterwards() -> None:
    with pytest.raises(ValidationError):
        Settings().http_port = 1  # type: ignore[misc]


def test_a_secret_may_stand_in_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("password", "url"):
        (tmp_path / name).write_text(f"{name} of a file\n")
    environment.setenv("MAILER_SMTP__PASSWORD_FILE", str(tmp_path / "password"))
    environment.setenv("MAILER_DATABASE_URL_FILE", str(tmp_path / "url"))
    settings = Settings()
    assert settings.smtp.password.get_secret_value() == "password of a file"
    assert settings.database_url.get_secret_value() == "url of a file", "the file is the more careful choice"


def test_a_field_whose_name_ends_like_that_is_no_file_to_read(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("MAILER_CREDENTIALS_FILE", "/not/there")
    assert Settings().credentials_file == Path("/not/there")


def test_a_file_that_cannot_be_read_is_an_error(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("MAILER_TOKEN_KEYS_FILE", "/not/there")
    with pytest.raises(FileNotFoundError):
        Settings()


def test_another_services_environment_is_not_ours(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("MAILER_NATS_URL")
    environment.setenv("LUI_NATS_URL", "nats://other")
    environment.setenv("NATS_URL", "nats://other")
    with pytest.raises(ValidationError, match="nats_url"):
        Settings()


def test_no_secret_is_ever_shown() -> None:
    shown = repr(Settings()) + str(Settings().model_dump(mode="json"))
    assert "a:b" not in shown
    assert "k" * 43 not in shown
    assert "A" * 43 not in shown


def test_keys_are_read_newest_first() -> None:
    first, second = Settings().master_keys()
    assert (first, len(second)) == (bytes(32), 32)


@pytest.mark.parametrize("text", ["!", "ä", "a b"])
def test_what_is_no_key_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(ValueError, match="a key is not base64url") as refused:
        decode_key(text)
    assert text not in str(refused.value).removeprefix("a key is not base64url")


def test_a_prefix_for_nats_is_plain(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("MAILER_NATS_SUBJECT_PREFIX", "a.b")
    with pytest.raises(ValidationError):
        Settings()


def test_placeholders_fill_what_is_required(environment: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "TOKEN_KEYS", "SMTP__HOST"):
        environment.delenv(f"MAILER_{name}")
    settings = Settings.for_openapi()
    assert settings.smtp.host
    assert settings.master_keys() == [bytes(32)]
    assert settings.nats_subject_prefix == ""
    assert isinstance(settings, ServiceSettings)
