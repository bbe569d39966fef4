"""What a tracking plan puts into a message: the pixel, and redirects in the place of links."""

import html
from collections.abc import Sequence

from common.contracts.lui import TrackingLevel, TrackingPlanV1
from common.contracts.signed_token import TokenKeys, pseudonym
from mailer.composing.links import Place
from mailer.composing.merge import Kind, Layout, Op, Scope
from mailer.composing.parts import merged_address, untracked

_KNOWS_ONE = frozenset({TrackingLevel.UNIQUE, TrackingLevel.PERSONAL})
"""Levels at which a link may differ from recipient to recipient; at the others its target would tell who clicked."""


def subject_of(level: TrackingLevel, ordinal: int, k_pseudonym: bytes) -> int:
    """What a recipient is in tracking tokens: nobody, a pseudonym, or the ordinal."""
    if level is TrackingLevel.PERSONAL:
        return ordinal
    if level in {TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS}:
        return pseudonym(k_pseudonym, ordinal)
    return 0


class Tracking:
    """Chooses, place by place, between the author's address and a redirect."""

    def __init__(self, plan: TrackingPlanV1, layout: Layout, keys: TokenKeys, tracker_url: str) -> None:
        self._plan = plan
        self._layout = layout
        self._keys = keys
        self._tracker_url = tracker_url.rstrip("/")
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
        number = self._numbers.get((place.part, place.url, place.alias))
        is_tracked = number is not None and place.is_trackable and self._plan.level is not TrackingLevel.OFF
        if number is None or not is_tracked or (place.is_personal and self._plan.level not in _KNOWS_ONE):
            return untracked(place, self._layout)
        if place.is_personal:
            return [self._sealed(place, number)]
        before = f"{self._tracker_url}/c/"
        text = html.escape(before) if place.part == "html" else before
        return [Op(Kind.CONSTANT, text=text), self._token(), Op(Kind.CONSTANT, text=f"/{number}")]

    def _token(self) -> Op:
        position = self._layout.token_position
        return Op(Kind.SLOT, evaluate=lambda scope: scope[position], is_escaped=True, column=position)

    def _sealed(self, place: Place, number: int) -> Op:
        merge, position = merged_address(place, self._layout), self._layout.token_position
        keys, base = self._keys, self._tracker_url

        def evaluate(scope: Scope) -> str:
            url, token = merge(scope), str(scope[position])
            if not url.startswith(("http://", "https://")):
                return url  # a recipient whose own value is a mailto: address; there is nothing to redirect
            return f"{base}/c/{token}/{number}/{keys.seal_target(token, number, url)}"

        return Op(Kind.SLOT, evaluate=evaluate)
