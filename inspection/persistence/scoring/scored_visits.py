"""A scored visit read back: card, answers, photos, and the document as it was sent."""

from datetime import datetime

import msgspec

from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scorecard import Scorecard
from inspection.domain.visits.visit import VisitBody
from inspection.persistence.statements import run


class ScoredPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of the manifest; `print_sha256` names its clean copy once there is one, `marked_from`
    the photo it is a marked-up copy of.
    """

    item: str
    position: int
    sha256: str
    origin: str
    taken_at: datetime | None
    marked_from: str | None
    state: str | None
    print_sha256: str | None


async def find_card(visit: str, attempt: int) -> Scorecard | None:
    """The latest scorecard of an attempt."""
    rows = await run(
        "SELECT body FROM visit_scorecard WHERE visit = ? AND attempt = ?"
        " ORDER BY revision DESC LIMIT 1",
        visit,
        attempt,
    )
    return msgspec.json.decode(rows[0]["body"], type=Scorecard) if rows else None


async def latest_revision(visit: str, attempt: int) -> int:
    """Which judgement on the attempt counts."""
    rows = await run(
        "SELECT max(revision) AS revision FROM visit_scorecard WHERE visit = ? AND attempt = ?",
        visit,
        attempt,
    )
    return int(rows[0]["revision"])


async def find_revision(visit: str, attempt: int, revision: int) -> Scorecard | None:
    """One scorecard of an attempt, also one that does not count any more."""
    rows = await run(
        "SELECT body FROM visit_scorecard WHERE visit = ? AND attempt = ? AND revision = ?",
        visit,
        attempt,
        revision,
    )
    return msgspec.json.decode(rows[0]["body"], type=Scorecard) if rows else None


async def cards_of(visit: str, attempt: int) -> tuple[Scorecard, ...]:
    """Every scorecard of an attempt, the latest first."""
    rows = await run(
        "SELECT body FROM visit_scorecard WHERE visit = ? AND attempt = ? ORDER BY revision DESC",
        visit,
        attempt,
    )
    return tuple(msgspec.json.decode(row["body"], type=Scorecard) for row in rows)


async def answers_of(visit: str) -> dict[str, Answer]:
    """What was found, by item; items switched off by the store's features have no answer."""
    rows = await run(
        "SELECT item, body FROM visit_answer WHERE visit = ? AND body <> '{}' ORDER BY id", visit
    )
    return {row["item"]: msgspec.json.decode(row["body"], type=Answer) for row in rows}


async def noted_in(visit: str) -> dict[str, str]:
    """What the inspector noted in the attempt that counts, by item, as the phone sent it."""
    rows = await run(
        "SELECT s.body FROM submission s JOIN visit v ON v.id = s.visit AND v.attempt = s.attempt"
        " WHERE v.id = ?",
        visit,
    )
    if not rows:
        return {}
    body = msgspec.json.decode(rows[0]["body"], type=VisitBody)
    return {answer.item: answer.note.strip() for answer in body.answers}


async def photos_of(visit: str) -> dict[str, tuple[ScoredPhoto, ...]]:
    """The photos of the attempt that counts, by item, in their order."""
    rows = await run(
        "SELECT vp.item, vp.position, vp.sha256, vp.origin, vp.taken_at, vp.marked_from,"
        " p.state, p.print_sha256"
        " FROM visit_photo vp LEFT JOIN photo p ON p.sha256 = vp.sha256"
        " WHERE vp.visit = ? ORDER BY vp.item, vp.position, vp.sha256",
        visit,
    )
    found: dict[str, list[ScoredPhoto]] = {}
    for row in msgspec.convert(rows, tuple[ScoredPhoto, ...]):
        found.setdefault(row.item, []).append(row)
    return {item: tuple(photos) for item, photos in found.items()}


async def find_body(visit: str, attempt: int) -> VisitBody | None:
    """The document of an attempt as the phone sent it."""
    rows = await run("SELECT body FROM submission WHERE visit = ? AND attempt = ?", visit, attempt)
    return msgspec.json.decode(rows[0]["body"], type=VisitBody) if rows else None
