"""The real server with a trap in it: `TRAP=place:count` kills every process of it, without warning,
the so-manieth time it comes to that place; `TRAP=sloppy:NORMAL` only lets SQLite sync less than it
should, to see that tests notice. Run as `python -m tests.faults.trapped serve`.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from inspection import wiring
from inspection.persistence import engine
from inspection.persistence.audit import audit
from inspection.persistence.engines.sqlite_workers import SQLiteOptions
from inspection.persistence.photos.photos import LocalBlobs
from inspection.persistence.photos.uploads import Uploads
from inspection.persistence.visits import parked, submissions, visits
from inspection.services.photos import photos
from inspection.services.visits import visit_keeping
from inspection.services.visits import visits as receiving
from inspection.web import serving


def die() -> None:
    """As if the machine had lost its power: no clean-up, no answer, no child left."""
    os.killpg(0, signal.SIGKILL)


BEFORE: dict[str, tuple[Any, str]] = {
    "before-the-transaction": (receiving, "keep"),
    "within-the-transaction": (visits, "add_answers"),
    "before-the-audit-event": (audit, "append"),
    "before-parking": (parked, "add_parked"),
    "before-the-piece": (Uploads, "append"),
    "before-the-whole-photo-moves": (LocalBlobs, "put"),
    "before-the-photo-row": (photos, "in_one_trip"),
}
AFTER: dict[str, tuple[Any, str]] = {
    "after-the-visit-row": (visits, "add_visit"),
    "after-the-submission-row": (submissions, "add_submission"),
    "after-the-last-statement": (visit_keeping, "write"),
    "after-the-commit": (receiving, "keep"),
    "after-parking": (receiving, "park"),
    "after-the-piece": (Uploads, "append"),
    "after-the-photo-row": (photos, "in_one_trip"),
}
SLOPPY = "sloppy"
RECEIVING = (
    "before-the-transaction",
    "within-the-transaction",
    "before-the-audit-event",
    "after-the-visit-row",
    "after-the-submission-row",
    "after-the-last-statement",
    "after-the-commit",
    "before-parking",
    "after-parking",
)
"""The places a submission passes."""


def web_app() -> object:
    """The product's application with the trap laid; the server's own process calls this."""
    place, _, times = os.environ["TRAP"].partition(":")
    if place == SLOPPY:
        engine.SQLiteOptions = partial(SQLiteOptions, synchronous=times)  # type: ignore[misc, assignment]
        return wiring.web_app()
    where, name = (BEFORE | AFTER)[place]
    setattr(where, name, _trapped(getattr(where, name), int(times), late=place in AFTER))
    return wiring.web_app()


def _trapped(whole: Callable[..., Any], times: int, *, late: bool) -> Callable[..., Any]:
    passing = count(1)

    async def passed(*arguments: Any, **named: Any) -> Any:
        fatal = next(passing) == times
        if fatal and not late:
            die()
        outcome = await whole(*arguments, **named)
        if fatal:
            die()
        return outcome

    return passed


if __name__ == "__main__":
    from inspection.__main__ import main

    serving.APPLICATION = f"{__spec__.name}:web_app"
    sys.exit(main())
