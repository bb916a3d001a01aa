"""The audit chain: every event carries the hash of the one before, so a change anywhere shows."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Literal

import msgspec

FIRST_LINK = "0" * 64
"""What the first event names as its predecessor."""

ChainFaultKind = Literal["altered", "removed", "reordered", "truncated", "appended"]


class StateChange(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did to something. `at` knows its zone."""

    at: datetime
    actor: str
    action: str
    noun: str
    noun_id: str
    body: Mapping[str, object]


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One state change as it is stored. `body` is canonical JSON."""

    seq: int
    at: datetime
    actor: str
    action: str
    noun: str
    noun_id: str
    body: str
    previous_hash: str
    hash: str


class ChainHead(msgspec.Struct, frozen=True):
    """The last link: how many events there are and the hash that stands for all of them."""

    seq: int = 0
    hash: str = FIRST_LINK


class ChainFault(msgspec.Struct, frozen=True):
    """A place where the chain does not hold: events `seq` to `until` and what happened to them."""

    kind: ChainFaultKind
    seq: int
    until: int


class ChainReport(msgspec.Struct, frozen=True):
    """What a walk along the whole chain found. `head` is what the events themselves add up to."""

    events: int
    head: ChainHead
    faults: tuple[ChainFault, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing was altered, removed, reordered, truncated or added."""
        return not self.faults


def canonical(body: Mapping[str, object]) -> str:
    """The one JSON text of a body: sorted keys, no spaces."""
    return msgspec.json.encode(body, order="sorted").decode()


def link(previous: ChainHead, change: StateChange) -> AuditEntry:
    """The next event of the chain."""
    bare = AuditEntry(
        seq=previous.seq + 1,
        at=change.at.astimezone(UTC),
        actor=change.actor,
        action=change.action,
        noun=change.noun,
        noun_id=change.noun_id,
        body=canonical(change.body),
        previous_hash=previous.hash,
        hash="",
    )
    return msgspec.structs.replace(bare, hash=hash_of(bare))


def hash_of(entry: AuditEntry, *, seq: int | None = None) -> str:
    """SHA-256 over everything the event says and over its predecessor's hash."""
    said = [
        entry.seq if seq is None else seq,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.action,
        entry.noun,
        entry.noun_id,
        entry.body,
        entry.previous_hash,
    ]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


class ChainWalk:
    """Walks a chain page by page in order of `seq`; `report` compares it with the recorded head."""

    def __init__(self, published: Mapping[int, str] | None = None) -> None:
        self._published = published or {}
        self._last = ChainHead()
        self._whole = True
        self._events = 0
        self._broken: list[AuditEntry] = []
        self._faults: list[ChainFault] = []

    def follow(self, entries: Iterable[AuditEntry]) -> None:
        """Take the next events."""
        for entry in entries:
            self._events += 1
            if entry.seq != self._last.seq + 1:
                self._faults.append(ChainFault("removed", self._last.seq + 1, entry.seq - 1))
            elif entry.previous_hash != self._last.hash:
                self._blame_predecessor(entry)
            self._whole = hash_of(entry) == entry.hash and self._as_published(entry)
            if not self._whole:
                self._broken.append(entry)
            self._last = ChainHead(entry.seq, entry.hash)

    def report(self, recorded: ChainHead) -> ChainReport:
        """Everything found, in order of place."""
        faults = [*self._faults, *self._broken_faults()]
        if self._last.seq < recorded.seq:
            faults.append(ChainFault("truncated", self._last.seq + 1, recorded.seq))
        elif self._last.seq > recorded.seq:
            faults.append(ChainFault("appended", recorded.seq + 1, self._last.seq))
        elif self._whole and self._last.hash != recorded.hash:
            faults.append(ChainFault("altered", recorded.seq, recorded.seq))
        ordered = sorted(set(faults), key=lambda fault: (fault.seq, fault.until, fault.kind))
        return ChainReport(self._events, self._last, tuple(ordered))

    def _blame_predecessor(self, entry: AuditEntry) -> None:
        # The predecessor was rewritten together with its own hash; its old hash survives only here.
        # A predecessor already known to be broken, or a broken successor, is reported as itself.
        if self._whole and hash_of(entry) == entry.hash:
            at = max(self._last.seq, 1)
            self._faults.append(ChainFault("altered", at, at))

    def _as_published(self, entry: AuditEntry) -> bool:
        return self._published.get(entry.seq, entry.hash) == entry.hash

    def _broken_faults(self) -> list[ChainFault]:
        # An event that is genuine for another broken place was moved, not rewritten.
        places = [entry.seq for entry in self._broken]
        return [
            ChainFault(
                "reordered" if _moved(entry, places) else "altered",
                entry.seq,
                entry.seq,
            )
            for entry in self._broken
        ]


def _moved(entry: AuditEntry, places: list[int]) -> bool:
    return any(hash_of(entry, seq=place) == entry.hash for place in places if place != entry.seq)
