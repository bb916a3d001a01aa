"""The audit chain finds every change and says where."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import msgspec
import pytest

from inspection.domain.audit.audit import (
    AuditEntry,
    ChainFault,
    ChainHead,
    ChainReport,
    ChainWalk,
    StateChange,
    hash_of,
    link,
)

START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def a_chain(length: int) -> list[AuditEntry]:
    head, chain = ChainHead(), []
    for n in range(length):
        change = StateChange(
            at=START + timedelta(seconds=n),
            actor=f"account-{n % 3}",
            action="visit.publish",
            noun="visit",
            noun_id=f"visit-{n}",
            body={"total": 8950 + n},
        )
        entry = link(head, change)
        chain.append(entry)
        head = ChainHead(entry.seq, entry.hash)
    return chain


def walked(
    chain: list[AuditEntry], recorded: ChainHead, published: dict[int, str] | None = None
) -> ChainReport:
    walk = ChainWalk(published)
    walk.follow(chain)
    return walk.report(recorded)


def head_of(chain: list[AuditEntry]) -> ChainHead:
    return ChainHead(chain[-1].seq, chain[-1].hash) if chain else ChainHead()


def altered(entry: AuditEntry) -> AuditEntry:
    return msgspec.structs.replace(entry, body='{"total":10000}')


def rehashed(entry: AuditEntry) -> AuditEntry:
    return msgspec.structs.replace(entry, hash=hash_of(entry))


def test_an_untouched_chain_is_intact():
    chain = a_chain(5)
    report = walked(chain, head_of(chain))
    assert report.intact
    assert report.events == 5
    assert report.head == head_of(chain)


def test_an_empty_chain_is_intact():
    assert walked([], ChainHead()).intact


@pytest.mark.parametrize("place", range(8))
def test_an_altered_event_is_found_where_it_is(place):
    chain = a_chain(8)
    recorded = head_of(chain)
    chain[place] = altered(chain[place])
    assert walked(chain, recorded).faults == (ChainFault("altered", place + 1, place + 1),)


@pytest.mark.parametrize("place", range(8))
def test_an_event_altered_together_with_its_hash_is_found_where_it_is(place):
    chain = a_chain(8)
    recorded = head_of(chain)
    chain[place] = rehashed(altered(chain[place]))
    assert walked(chain, recorded).faults == (ChainFault("altered", place + 1, place + 1),)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("first", range(8))
def test_removed_events_are_found_where_they_were(first, count):
    chain = a_chain(8)
    recorded = head_of(chain)
    last = min(first + count, 8)
    del chain[first:last]
    kind = "truncated" if last == 8 else "removed"
    assert walked(chain, recorded).faults == (ChainFault(kind, first + 1, last),)


@pytest.mark.parametrize(("one", "other"), [*combinations(range(8), 2)])
def test_events_that_changed_places_are_both_found(one, other):
    chain = a_chain(8)
    recorded = head_of(chain)
    chain[one], chain[other] = (
        msgspec.structs.replace(chain[other], seq=one + 1),
        msgspec.structs.replace(chain[one], seq=other + 1),
    )
    assert walked(chain, recorded).faults == (
        ChainFault("reordered", one + 1, one + 1),
        ChainFault("reordered", other + 1, other + 1),
    )


def test_events_behind_the_recorded_head_are_reported():
    chain = a_chain(5)
    assert walked(chain, head_of(chain[:3])).faults == (ChainFault("appended", 4, 5),)


def test_a_tail_rewritten_with_all_its_hashes_shows_against_a_published_hash():
    chain, forged = a_chain(5), a_chain(2)
    for entry in chain[2:]:
        change = StateChange(
            at=entry.at, actor="somebody else", action=entry.action, noun=entry.noun,
            noun_id=entry.noun_id, body={},
        )  # fmt: skip
        forged.append(link(head_of(forged), change))
    assert walked(forged, head_of(forged)).intact
    report = walked(forged, head_of(forged), {4: chain[3].hash})
    assert report.faults == (ChainFault("altered", 4, 4),)


@pytest.mark.parametrize("page", [1, 2, 5])
def test_walking_in_pages_changes_nothing(page):
    chain = a_chain(5)
    recorded = head_of(chain)
    chain[2] = altered(chain[2])
    walk = ChainWalk()
    for start in range(0, 5, page):
        walk.follow(chain[start : start + page])
    assert walk.report(recorded) == walked(chain, recorded)


def test_the_same_instant_in_another_zone_has_the_same_hash():
    entry = a_chain(1)[0]
    local = msgspec.structs.replace(
        entry, at=entry.at.astimezone(datetime.fromisoformat("2026-01-01T00:00+08:00").tzinfo)
    )
    assert hash_of(local) == entry.hash
