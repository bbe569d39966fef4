"""What a deployment tells tracker."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from common.config import TokenKeySettings
from tracker.privacy.retention import Retention

Months = Annotated[int, Field(ge=1, le=120)]


class TrackerSettings(TokenKeySettings):
    """Environment variables beginning with `TRACKER_`."""

    model_config = SettingsConfigDict(env_prefix="TRACKER_")

    public_url: str
    """What links and pixels in messages begin with."""
    forwarding_hops: Annotated[int, Field(ge=0, le=5)] = 0
    """Proxies in front that append to X-Forwarded-For; with 0 the header is not believed."""
    segment_size: Annotated[int, Field(ge=1 << 20, le=1 << 30)] = 16 << 20
    """Octets of one file of the spool."""
    disk_reserve: Annotated[int, Field(ge=0)] = 64 << 20
    """Octets of free disk below which opens are no longer recorded, so that clicks are."""
    keep_blind_months: Months = 25
    """How long reactions are kept one by one; counters stay for as long as the delivery is known."""
    keep_unique_months: Months = 25
    keep_anonymous_months: Months = 25
    keep_personal_months: Months = 13
    """Also what is known of each recipient by then; later reactions are treated as at blind."""

    @property
    def retention(self) -> Retention:
        """How long what was recorded is kept."""
        return Retention.of(
            blind=self.keep_blind_months,
            unique=self.keep_unique_months,
            anonymous=self.keep_anonymous_months,
            personal=self.keep_personal_months,
        )
