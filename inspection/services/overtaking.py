"""Requests that meet: whoever was overtaken looks again and decides anew."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from inspection.domain.refusals import StoreBusy
from inspection.persistence.engines.integrity import UniqueBroken

T = TypeVar("T")

TRIES = 10
"""How often something is decided when other requests are faster. Each time is somebody else's
success, so ten that meet all come through.
"""

LONGEST_PAUSE = 0.1
"""Seconds. Without a pause of chance length those that met once meet again at every step."""


class Overtaken(Exception):
    """Something the decision rested on changed before it was written: look again."""


async def look_again(decide: Callable[[], Awaitable[T]]) -> T:
    """What the decision comes to. It reads what is kept, and writes all of itself or nothing, with
    UniqueBroken or Overtaken when another request was faster. Raises StoreBusy after ten times.
    """
    for earlier in range(TRIES):
        try:
            return await decide()
        except (UniqueBroken, Overtaken):
            longest = min(LONGEST_PAUSE, 0.001 * 2**earlier)
            await asyncio.sleep(random.uniform(0, longest))  # noqa: S311  not a secret
    raise StoreBusy
