"""How large the demo is, and how stores look to whom."""

from datetime import datetime

import msgspec

LEAST_STORES = 20
DEFAULT_STORES = 240
DEFAULT_ROUNDS = 5
DEFAULT_SEED = 2010
STORY_HOUR = 10
KINDER = {"self_check": 0.3, "peer_check": 0.1}
"""How much better stores look to themselves and to each other."""


class DemoPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How large the province is, from which seed, as of when."""

    stores: int
    rounds: int
    seed: int
    now: datetime

    @property
    def errands(self) -> int:
        """How many there are: other rounds stand beside one that is over."""
        others = len(KINDER) if self.rounds > 1 else 0
        return self.stores * (self.rounds + others)
