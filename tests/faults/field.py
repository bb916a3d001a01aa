"""The cast's province with as many visits as a test needs, and phones that are signed in."""

import asyncio
import json
import tempfile
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from inspection.domain.rubrics.rubric import Item
from inspection.domain.rubrics.rubric_digest import digest
from inspection.persistence.engine import close_database, open_database, tx
from inspection.persistence.rounds import plans
from inspection.persistence.rounds.plans import AssignmentEntry
from tests.cast import CLUB, LI, MA, PASSWORD, ROUND, Person, round_id, store_id
from tests.faults.wire import Connection
from tests.makers import Clock, a_province, some_tools
from tests.submissions import a_line, a_photo, a_submission, encoded, lost, rubric_in, sha256_of

INSPECTORS = (LI, MA)


class Trip(msgspec.Struct, frozen=True):
    """One visit to be made and the id its phone gives it."""

    visit: str
    assignment: str
    inspector: Person


class Sent(msgspec.Struct, frozen=True):
    """One attempt as its phone sends it."""

    visit: str
    attempt: int
    body: bytes
    photos: tuple[bytes, ...] = ()

    @property
    def path(self) -> str:
        return f"/api/visits/{self.visit}/attempts/{self.attempt}"

    @property
    def content_hash(self) -> str:
        return sha256_of(self.body)


def fill(database_url: str, visits: int, random: Random) -> list[Trip]:
    """Load the province with so many open assignments, whatever loop the caller may have."""
    trips = [
        Trip(
            str(uuid.UUID(int=random.getrandbits(128), version=4)),
            f"assignment-{place:05d}",
            INSPECTORS[place % len(INSPECTORS)],
        )
        for place in range(visits)
    ]
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(lambda: asyncio.run(_fill(database_url, trips))).result()
    return trips


async def _fill(database_url: str, trips: Sequence[Trip]) -> None:
    await open_database(database_url, pool_min=0, pool_max=2)
    try:
        with tempfile.TemporaryDirectory() as folder:
            tools = some_tools(Path(folder), Clock(datetime.now(UTC)))
            await a_province(tools)
            tools.passwords.close()
        async with tx():
            await plans.add_assignments([_assignment(trip) for trip in trips])
    finally:
        await close_database()


def _assignment(trip: Trip) -> AssignmentEntry:
    return AssignmentEntry(
        id=trip.assignment,
        round=round_id(ROUND),
        store=store_id(CLUB),
        inspector=trip.inspector.account,
        rubric_version=_pinned(),
        window_from=date(2026, 11, 16),
        window_to=date(2026, 11, 22),
        cover="",
        state="open",
        created_at=datetime.now(UTC),
    )


def submission(trip: Trip, **parts: Any) -> Sent:
    """A visit with nothing lost; `parts` replace its fields."""
    body = _plain() | {"visit": trip.visit, "assignment": trip.assignment} | parts
    return Sent(trip.visit, body["attempt"], encoded(body))


@cache
def _pinned() -> str:
    return digest(rubric_in())


@cache
def _everywhere() -> tuple[Item, ...]:
    return tuple(item for item in rubric_in().items() if not item.feature)


@cache
def _plain() -> dict[str, Any]:
    return a_submission()


def photographed(trip: Trip, pictures: Sequence[bytes], **parts: Any) -> Sent:
    """A visit with pictures, as many to an item as it takes."""
    items = _everywhere()[: (len(pictures) + 2) // 3]
    answers = {answer["item"]: answer for answer in _plain()["answers"]}
    lines = []
    for place, picture in enumerate(pictures):
        item = items[place // 3]
        named = [sha256_of(one) for one in pictures[place // 3 * 3 : place // 3 * 3 + 3]]
        answers[item.code] = lost(item, photos=named)
        lines.append(a_line(item.code, place % 3, picture))
    whole = submission(trip, answers=list(answers.values()), photos=lines, **parts)
    return msgspec.structs.replace(whole, photos=tuple(pictures))


def picture(random: Random, size: int) -> bytes:
    """A JPEG of exactly so many bytes that no other equals."""
    plain = a_photo(random.randrange(256))
    comments = b""
    while (room := size - len(plain) - len(comments)) > 4:
        text = random.randbytes(min(room, 60_000) - 4)
        comments += b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text
    return plain[:2] + comments + plain[2:]


async def signed_in(port: int, person: Person) -> dict[str, str]:
    """The headers every request of this person's phone carries."""
    connection = Connection(port)
    typed = json.dumps({"sign_in": person.sign_in, "password": PASSWORD}).encode()
    kind = {"content-type": "application/json"}
    answer = await connection.ask("POST", "/api/sessions", kind, typed)
    connection.close()
    assert answer.status == 201, answer
    cookie = answer.headers["set-cookie"].partition(";")[0]
    return {"cookie": cookie, "x-csrf-token": json.loads(answer.body)["csrf_token"]}


def sending(session: dict[str, str], sent: Sent) -> dict[str, str]:
    """The headers of a submission."""
    kind = {"content-type": "application/json", "x-content-sha256": sent.content_hash}
    return session | kind
