"""What a job works with, and what is said of a kind of job."""

from collections.abc import Awaitable, Callable

import msgspec

from inspection.documents.press import Press
from inspection.persistence.jobs import ClaimedJob
from inspection.services.tools import Tools


class Bench(msgspec.Struct, frozen=True):
    """What a job works with."""

    tools: Tools
    press: Press


class JobKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of job. A run longer than `seconds` counts as failed; `slots` run side by side, so
    that one job that hangs does not hold up the others of its kind. `gave_up` tells those who wait
    for a job that died, in the transaction that buries it; `buried` does so with the tools. A
    `daily` one is left by the worker itself, once a day, one with `minutes` once in so many.
    """

    name: str
    seconds: float
    slots: int
    run: Callable[[Bench, ClaimedJob], Awaitable[None]]
    gave_up: Callable[[ClaimedJob], Awaitable[None]] | None = None
    buried: Callable[[Bench, ClaimedJob], Awaitable[None]] | None = None
    daily: bool = False
    minutes: int = 0
