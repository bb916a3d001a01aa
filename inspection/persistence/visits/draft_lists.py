"""The drafts of an account that are open: neither submitted nor thrown away."""

from datetime import datetime

import msgspec

from inspection.persistence.statements import run


class ListedCopy(msgspec.Struct, frozen=True, kw_only=True):
    """An open copy with its draft and its store."""

    visit_id: str
    assignment: str
    owner: str
    store_code: str
    store_name: str
    store_kind: str
    device: str
    attempt: int
    saves: int
    changed_at: datetime
    received_at: datetime
    content_hash: str
    photo_count: int
    session: str


async def count_open(account: str) -> int:
    """How many drafts of an account are open."""
    (row,) = await run(
        f"SELECT count(DISTINCT c.visit_id) AS n FROM draft_copy c WHERE c.account = ? AND {_OPEN}",
        account,
    )
    return int(row["n"])


async def list_open(account: str) -> tuple[ListedCopy, ...]:
    """An account's open copies, latest first."""
    rows = await run(f"{_LIST} WHERE c.account = ? AND {_OPEN} {_LATEST_FIRST}", account)
    return msgspec.convert(rows, tuple[ListedCopy, ...])


async def list_copies(account: str, visit: str) -> tuple[ListedCopy, ...]:
    """The open copies of one draft of an account, latest first."""
    which = f"WHERE c.account = ? AND c.visit_id = ? AND {_OPEN}"
    rows = await run(f"{_LIST} {which} {_LATEST_FIRST}", account, visit)
    return msgspec.convert(rows, tuple[ListedCopy, ...])


_OPEN = (
    "c.discarded_at IS NULL AND NOT EXISTS ("
    "SELECT 1 FROM visit v WHERE v.id = c.visit_id AND v.attempt >= c.attempt)"
)
_LIST = (
    "SELECT c.visit_id, d.assignment, d.owner, s.code AS store_code, s.name AS store_name,"
    " s.kind AS store_kind, c.device, c.attempt, c.saves, c.changed_at, c.received_at,"
    " c.content_hash, c.photo_count, c.session FROM draft_copy c"
    " JOIN draft d ON d.visit_id = c.visit_id JOIN assignment a ON a.id = d.assignment"
    " JOIN store s ON s.id = a.store"
)
_LATEST_FIRST = "ORDER BY c.received_at DESC, c.id DESC"
