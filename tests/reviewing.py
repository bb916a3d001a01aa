"""What tests of judging do over and over: a visit comes in, is approved, its notice is signed."""

import uuid
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import msgspec

from inspection.domain.notices.notice import NoticeSnapshot
from inspection.domain.reviews.review import Decision
from inspection.persistence import tables
from inspection.persistence.statements import run
from inspection.services.notices.notice_results import SignedNotice
from inspection.services.notices.notices import sign_notice, submit_notice
from inspection.services.photos.photo_cleaning import clean_photo
from inspection.services.photos.photos import append_piece
from inspection.services.pieces import Piece
from inspection.services.reviews.review_results import ReviewOutcome
from inspection.services.reviews.reviews import review_visit
from inspection.services.tools import Tools
from tests.cast import (
    CLUB,
    CLUB_VERSION,
    HALL_VERSION,
    LI,
    ROUND,
    SUN,
    WANG,
    Person,
    assignment_id,
    round_id,
    store_id,
)
from tests.makers import STORES
from tests.receiving import send
from tests.releasing import approve_and_release
from tests.submissions import a_submission, rubric_in, sha256_of

TWO_LOSSES = ("KC-E-01", "KC-M-01")


def visit_id(name: str) -> str:
    """A stable id of a visit by any name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


async def a_visit(
    tools: Tools,
    name: str = "first",
    *,
    by: Person = LI,
    store: str = CLUB,
    losses: tuple[str, ...] = TWO_LOSSES,
    line: dict[str, Any] | None = None,
    **parts: Any,
) -> str:
    """A visit that has come in; its id. `line` changes every line of the manifest."""
    kind = next(kind for code, _, kind, *_ in STORES if code == store)
    rubric = rubric_in(CLUB_VERSION if kind == "customer_club" else HALL_VERSION)
    features = ("vip_desk_required",) if store == CLUB else ()
    submission = a_submission(
        rubric, by=by, store=store, losses=losses, features=features, visit=visit_id(name), **parts
    )
    submission["photos"] = [photo | (line or {}) for photo in submission["photos"]]
    await send(tools, submission, by=by)
    return visit_id(name)


async def upload(tools: Tools, photo: bytes, by: Person = LI) -> None:
    """Send a photo; the job to clean it waits."""

    async def stream() -> AsyncIterator[bytes]:
        yield photo

    piece = Piece(sha256=sha256_of(photo), offset=0, length=len(photo))
    await append_piece(tools, by.actor, piece, stream())


async def send_photo(tools: Tools, photo: bytes, by: Person = LI) -> None:
    """Upload a photo and have it cleaned."""
    await upload(tools, photo, by)
    await clean_photo(tools, sha256_of(photo))


async def approve(tools: Tools, visit: str, by: Person = SUN, attempt: int = 1) -> ReviewOutcome:
    """Approve a visit and release it; `tests/releasing.py` has the two apart."""
    return await approve_and_release(tools, visit, by, attempt)


async def send_back(
    tools: Tools, visit: str, reason: str = "照片看不清，请补拍", by: Person = SUN, attempt: int = 1
) -> ReviewOutcome:
    """Return a visit to its inspector."""
    return await review_visit(tools, by.actor, visit, attempt, Decision.RETURN, reason)


async def a_draft(tools: Tools, name: str = "first", *, visitor: Person = LI, **parts: Any) -> str:
    """A draft notice for a visit with losses; its id."""
    outcome = await approve(tools, await a_visit(tools, name, by=visitor, **parts))
    assert outcome.notice is not None
    return outcome.notice


async def sign(tools: Tools, notice: str, by: Person = WANG) -> SignedNotice:
    """Hand a draft in and sign it."""
    await submit_notice(tools, SUN.actor, notice)
    return await sign_notice(tools, by.actor, notice)


async def an_issued(
    tools: Tools, name: str = "first", by: Person = WANG, **parts: Any
) -> SignedNotice:
    """A signed notice."""
    return await sign(tools, await a_draft(tools, name, **parts), by)


async def another_assignment(tools: Tools, inspector: Person, store: str, name: str) -> str:
    """One more visit to be made at a store; the id of the assignment."""
    (first,) = await run(
        "SELECT rubric_version FROM round_rubric WHERE round = ? AND store_kind ="
        " (SELECT kind FROM store WHERE id = ?)",
        round_id(ROUND),
        store_id(store),
    )
    found = f"{assignment_id(inspector, store)}-{name}"
    await tables.Assignment.insert(
        tables.Assignment(
            id=found[:36],
            round=round_id(ROUND),
            store=store_id(store),
            inspector=inspector.account,
            rubric_version=first["rubric_version"],
            window_from=date(2026, 11, 16),
            window_to=date(2026, 11, 22),
            cover="",
            created_at=tools.now(),
        )
    )
    return found[:36]


async def standing_of(store: str, round_code: str = ROUND) -> dict[str, Any]:
    """The row of a store in a round."""
    (row,) = await run(
        "SELECT * FROM standing WHERE store = ? AND round = ?",
        store_id(store),
        round_id(round_code),
    )
    return row


async def snapshot_of(notice: str) -> NoticeSnapshot:
    """What an issued notice says."""
    (row,) = await run("SELECT snapshot FROM notice WHERE id = ?", notice)
    return msgspec.json.decode(row["snapshot"], type=NoticeSnapshot)


async def state_of(visit):
    (row,) = await run(
        "SELECT v.state, a.state AS assignment FROM visit v JOIN assignment a"
        " ON a.id = v.assignment WHERE v.id = ?",
        visit,
    )
    return row["state"], row["assignment"]
