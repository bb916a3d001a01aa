"""Ids that sort by time (UUIDv7, RFC 9562), for rows no store ever sees."""

import threading
import uuid
from collections.abc import Callable

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_LOW_62 = (1 << 62) - 1
_COUNTER_BITS = 12


def sortable_ids(
    milliseconds: Callable[[], int], chance: Callable[[int], int]
) -> Callable[[], str]:
    """A function whose every answer is greater than the one before, also within a millisecond and
    when the clock is set back. `chance(bits)` gives unpredictable bits.
    """
    lock = threading.Lock()
    last = 0

    def new_id() -> str:
        nonlocal last
        with lock:
            last = max(last + 1, milliseconds() << _COUNTER_BITS)
            moment, counter = last >> _COUNTER_BITS, last & ((1 << _COUNTER_BITS) - 1)
        low = chance(62) & _LOW_62
        return str(uuid.UUID(int=moment << 80 | _VERSION | counter << 64 | _VARIANT | low))

    return new_id
