"""What lui is told at deployment (`LUI_…`)."""

from pathlib import Path

from pydantic import AnyHttpUrl, PositiveInt
from pydantic_settings import SettingsConfigDict

from common.config import TokenKeySettings


class LuiSettings(TokenKeySettings):
    """Where lui's neighbours are, under which addresses people reach it, and how much it takes from them."""

    model_config = SettingsConfigDict(env_prefix="LUI_", env_nested_delimiter="__")

    app_url: AnyHttpUrl
    """Where accounts reach the application; its scheme decides whether the session cookie is `Secure`."""
    public_url: AnyHttpUrl
    """Where recipients reach the subscriber pages: an origin of its own, without cookies of the application."""
    mailer_url: AnyHttpUrl
    tracker_url: AnyHttpUrl
    tracker_public_url: AnyHttpUrl | None = None
    """Where recipients reach tracker, for the pixels of action tags; `tracker_url` when not given."""
    """Comma separated base64url master keys, newest first: they seal unsubscribe links."""
    web_dist: Path | None = None
    """Folder of the built single-page application; the packaged one when not given."""
    rehearsals_at_once: PositiveInt = 2
    """Over all jobs; each keeps mailer as busy as a real delivery."""
    upload_max_bytes: PositiveInt = 512 * 1024 * 1024
    file_max_bytes: PositiveInt = 10 * 1024 * 1024
    """One file of a message. Base64 makes it a third longer, and many servers take no message over 25 MB."""
    files_max_bytes: PositiveInt = 15 * 1024 * 1024
    """All files of a message together."""
