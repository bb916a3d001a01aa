"""Requests that meet: whoever was overtaken looks again and decides anew."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from inspection.domain.refusals import StoreBusy
from inspection.persistence.engines.integrity import UniqueBroken

T = TypeVar("T")

TRIES = 5
"""How often something is decided anew because another request was faster."""


class Overtaken(Exception):
    """Something the decision rested on changed before it was written: look again."""


async def look_again(decide: Callable[[], Awaitable[T]]) -> T:
    """What the decision comes to. It reads what is kept, and writes all of itself or nothing, with
    UniqueBroken or Overtaken when another request was faster. Raises StoreBusy after five times.
    """
    for _ in range(TRIES):
        try:
            return await decide()
        except (UniqueBroken, Overtaken):
            continue
    raise StoreBusy
