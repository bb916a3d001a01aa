"""A store's own list of notices."""

from datetime import datetime

import msgspec

from inspection.domain.notices.notice_state import STORE_SEES, NoticeState
from inspection.persistence.statements import marks, run


class StoresNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice of a store that it may see, with what was said in it, how many of its lines the
    store still has to act on, how many of those came back, and how many wait for the region.
    """

    id: str
    state: NoticeState
    snapshot: str
    clock: str
    first_due_at: datetime
    pdf_sha256: str | None
    owed: int
    returned: int
    submitted: int


_OWED = "count(CASE WHEN state IN ('open', 'returned') THEN 1 END)"
_OF_IT = "FROM notice_line WHERE notice = notice.id"


async def notices_of_store(store: str, limit: int) -> tuple[StoresNotice, ...]:
    """What was issued to a store, latest first."""
    rows = await run(
        "SELECT id, state, snapshot, clock, first_due_at, pdf_sha256,"
        f" (SELECT {_OWED} {_OF_IT}) AS owed,"
        f" (SELECT count(*) {_OF_IT} AND state = 'returned') AS returned,"
        f" (SELECT count(*) {_OF_IT} AND state = 'submitted') AS submitted FROM notice"
        f" WHERE store = ? AND state IN ({marks(len(STORE_SEES))})"
        " ORDER BY issued_at DESC, id LIMIT ?",
        store,
        *sorted(STORE_SEES),
        limit,
    )
    return msgspec.convert(rows, tuple[StoresNotice, ...])
