"""What a tracking plan puts into a message: the pixel, and redirects in the place of links."""

import html
from collections.abc import Sequence

from common.contracts.campaign import with_campaign
from common.contracts.lui import TrackingLevel, TrackingPlanV1
from common.contracts.signed_token import TokenKeys
from mailer.composing.links import Place
from mailer.composing.merge import Kind, Layout, Op, Scope
from mailer.composing.parts import merged_address, untracked
from mailer.composing.subjects import NOBODY

_KNOWS_ONE = frozenset({TrackingLevel.UNIQUE, TrackingLevel.PERSONAL})
"""Levels at which a link may differ from recipient to recipient; at the others its target would tell who clicked."""


class Tracking:
    """Chooses, place by place, between the author's address and a redirect."""

    def __init__(self, plan: TrackingPlanV1, layout: Layout, keyring: tuple[TokenKeys, int], tracker_url: str) -> None:
        self._plan = plan
        self._layout = layout
        self._keys, delivery_number = keyring
        self._tracker_url = tracker_url.rstrip("/")
        [self.nobody] = self._keys.mint_tracking(delivery_number, [NOBODY])
        self._numbers = {(link.part, link.url, link.alias): link.number for link in plan.links}

    @property
    def needs_token(self) -> bool:
        """Whether a recipient's message holds a tracking token at all."""
        return self._plan.level is not TrackingLevel.OFF and (self._plan.opens or bool(self._numbers))

    def pixel(self) -> Sequence[Op]:
        """The pixel, or nothing when opens are not tracked."""
        if self._plan.level is TrackingLevel.OFF or not self._plan.opens:
            return []
        before = f'<img src="{html.escape(self._tracker_url)}/o/'
        after = '.gif" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">'
        return [Op(Kind.CONSTANT, text=before), self._token(), Op(Kind.CONSTANT, text=after)]

    def target(self, place: Place) -> Sequence[Op] | None:
        """What stands where a part links to `place`. Raises ContentFaulty."""
        url = self._addressed(place)
        number = self._numbers.get((place.part, url, place.alias))
        is_tracked = number is not None and place.is_trackable and self._plan.level is not TrackingLevel.OFF
        if number is None or not is_tracked or (place.is_personal and self._plan.level not in _KNOWS_ONE):
            return self._untracked(place, url)
        if place.is_personal:
            return [self._sealed(place, number)]
        before = f"{self._tracker_url}/c/"
        text = html.escape(before) if place.part == "html" else before
        return [Op(Kind.CONSTANT, text=text), self._token(), Op(Kind.CONSTANT, text=f"/{number}")]

    def _addressed(self, place: Place) -> str:
        """The address as it goes out; one with merge fields gets its parameters when it is merged."""
        has_campaign = place.is_trackable and not place.is_personal
        return with_campaign(place.url, self._plan.campaign) if has_campaign else place.url

    def _untracked(self, place: Place, url: str) -> Sequence[Op] | None:
        if url != place.url:
            return [Op(Kind.CONSTANT, text=html.escape(url) if place.part == "html" else url)]
        if not (place.is_personal and place.is_trackable and self._plan.campaign):
            return untracked(place, self._layout)
        merge, campaign = merged_address(place, self._layout), self._plan.campaign
        return [Op(Kind.SLOT, evaluate=lambda scope: with_campaign(merge(scope), campaign))]

    def _token(self) -> Op:
        position = self._layout.token_position
        return Op(Kind.SLOT, evaluate=lambda scope: scope[position], is_escaped=True, column=position)

    def _sealed(self, place: Place, number: int) -> Op:
        merge, position = merged_address(place, self._layout), self._layout.token_position
        keys, base, campaign, nobody = self._keys, self._tracker_url, self._plan.campaign, self.nobody

        def evaluate(scope: Scope) -> str:
            url, token = with_campaign(merge(scope), campaign), str(scope[position])
            # A recipient whose own value is a mailto: address has nothing to redirect; and whoever did not consent
            # is not told apart from others, which an address of their own behind a redirect would do.
            if not url.startswith(("http://", "https://")) or token == nobody:
                return url
            return f"{base}/c/{token}/{number}/{keys.seal_target(token, number, url)}"

        return Op(Kind.SLOT, evaluate=evaluate)
