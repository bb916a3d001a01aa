"""A clock that stands where the story is, and ids drawn from the seed."""

from datetime import datetime
from random import Random
from uuid import UUID

import msgspec

from inspection.services.tools import Tools


class StoryClock:
    """Says the time of the event being told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Now, in the story."""
        return self.at


class SeededIds:
    """Ids that are the same for the same seed."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def id(self) -> str:
        """A UUID as text."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def bare(self) -> str:
        """The same without hyphens, as everything a store may see has it."""
        return self.id().replace("-", "")


def story_tools(tools: Tools, clock: StoryClock, ids: SeededIds) -> Tools:
    """The real tools, told in story time."""
    return msgspec.structs.replace(tools, now=clock, new_id=ids.id, random_id=ids.bare)
