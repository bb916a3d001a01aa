"""Figures counted over a whole round, kept in memory: the log tells which counties to count again.

Every change writes an event in its own transaction, and events are numbered in the order of their
commits: whoever knows the last one a moment of the database holds knows what changed since.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Set
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from inspection.domain.audit.audit import ChainHead
from inspection.domain.rankings.ranking_touch import Touch, touch_of
from inspection.persistence.audit import audit
from inspection.persistence.audit.audit import LoggedEvent
from inspection.persistence.engine import DB
from inspection.persistence.engines.database_engine import DatabaseEngine
from inspection.persistence.rankings import ranking_facts

T = TypeVar("T")
Paths = Set[str]
Counties = tuple[str, ...] | None
"""Those to read; None for all of them."""
Fold = Callable[[T | None, Paths | None], Awaitable[T]]
"""Count anew: everything, or what was counted with these counties counted again."""

MOST_EVENTS = 200
MOST_COUNTIES = 40
MOST_KEPT = 64
MOST_FACTS = 256
_ALL: Paths = frozenset({""})
"""Stands for every county there is."""

_ROWS = {
    Touch.VISIT: "visit",
    Touch.NOTICE: "notice",
    Touch.LINE: "notice_line",
    Touch.ASSIGNMENT: "assignment",
    Touch.APPEAL: "appeal",
    Touch.EXTENSION: "line_extension",
    Touch.LOOK: "reinspection",
}


class Shelf:
    """What is known of one database as of its event `head`; `changed` was the last that changed a
    figure.
    """

    def __init__(self, head: ChainHead) -> None:
        self.head = self.changed = head
        self.lock = asyncio.Lock()
        self.counted: dict[Hashable, tuple[Any, Paths]] = {}
        self.facts: dict[Hashable, Any] = {}
        self.lasting: dict[Hashable, Any] = {}

    def forget(self, head: ChainHead) -> None:
        """Everything has to be counted again."""
        self.changed = head
        for known in (self.counted, self.facts, self.lasting):
            known.clear()

    def doubt(self, paths: Paths, head: ChainHead) -> None:
        """These counties have to be counted again."""
        self.changed = head
        self.facts.clear()
        self.counted = {key: (value, old | paths) for key, (value, old) in self.counted.items()}


class Moment:
    """One moment of the database with what is known about it."""

    def __init__(self, head: ChainHead, shelf: Shelf) -> None:
        self._head = head
        self._shelf = shelf

    @property
    def changed(self) -> ChainHead:
        """The last event that can have changed a figure."""
        return self._shelf.changed

    async def counted(self, key: Hashable, fold: Fold[T]) -> T:
        """Figures by county: as they are kept, or counted now as far as need be."""
        async with self._own().lock:
            shelf = self._own()
            found, doubted = shelf.counted.pop(key, (None, _ALL))
            if doubted is _ALL or len(doubted) > MOST_COUNTIES:
                found = await fold(None, None)
            elif doubted:
                found = await fold(found, doubted)
            _keep(shelf.counted, key, (found, frozenset()), MOST_KEPT)
            counted: T = found
            return counted

    async def fact(
        self, key: Hashable, read: Callable[[], Awaitable[T]], *, lasting: bool = False
    ) -> T:
        """What stays as it is until a figure changes, read once. A lasting one no visit and no
        notice changes: names, rounds, the tree.
        """
        shelf = self._own()
        facts = shelf.lasting if lasting else shelf.facts
        if key in facts:
            known: T = facts[key]
            return known
        found = await read()
        # Somebody may have taken the shelf on meanwhile.
        if self._own() is shelf:
            _keep(facts, key, found, MOST_FACTS)
        return found

    def _own(self) -> Shelf:
        """The shelf, unless somebody has taken it on to a later moment: then one of our own."""
        if self._shelf.head != self._head:
            self._shelf = Shelf(self._head)
        return self._shelf


async def this_moment() -> Moment:
    """The moment of the open `read_tx()`, and never of a transaction that writes: what that one
    sees may be undone.
    """
    head = await audit.head_of_chain()
    # Nothing is logged yet: nothing would tell what changes.
    shelf = _shelf(head) if head.seq else Shelf(head)
    async with shelf.lock:
        if shelf.head.seq < head.seq:
            await _catch_up(shelf, head)
    return Moment(head, shelf)


async def by_county(
    moment: Moment, key: Hashable, read: Callable[[Counties], Awaitable[dict[str, T]]]
) -> Mapping[str, T]:
    """What is read county by county: everything once, then only the counties that changed."""

    async def fold(old: dict[str, T] | None, paths: Paths | None) -> dict[str, T]:
        come = await read(listed(paths))
        if old is None or paths is None:
            return come
        return {**{path: value for path, value in old.items() if path not in paths}, **come}

    return await moment.counted(key, fold)


def listed(paths: Paths | None) -> Counties:
    """The same as persistence is asked."""
    return None if paths is None else tuple(sorted(paths))


_shelves: WeakKeyDictionary[DatabaseEngine, Shelf] = WeakKeyDictionary()


def _shelf(head: ChainHead) -> Shelf:
    return _shelves.setdefault(DB.engine, Shelf(head))


def _keep(where: dict[Hashable, Any], key: Hashable, value: object, most: int) -> None:
    where[key] = value
    while len(where) > most:
        del where[next(iter(where))]


async def _catch_up(shelf: Shelf, head: ChainHead) -> None:
    """Bring a shelf to this moment. What it knew is of no use when the log does not go on from
    there: somebody put another database in the place.
    """
    known, *since = await audit.events_from(shelf.head.seq, MOST_EVENTS + 2) or (None,)
    goes_on = known is not None and known.hash == shelf.head.hash and len(since) <= MOST_EVENTS
    touched = await _touched(tuple(since)) if goes_on else None
    if touched is None:
        shelf.forget(head)
    elif touched:
        shelf.doubt(touched, head)
    shelf.head = head


async def _touched(events: tuple[LoggedEvent, ...]) -> Paths | None:
    """The counties these events can have changed; None for all of them."""
    about: dict[Touch, set[str]] = {}
    for event in events:
        about.setdefault(touch_of(event.noun, event.action), set()).add(event.noun_id)
    if Touch.EVERYTHING in about:
        return None
    found: set[str] = set()
    for touch, table in _ROWS.items():
        if ids := about.get(touch):
            found |= await ranking_facts.paths_touched(table, sorted(ids))
    return found
