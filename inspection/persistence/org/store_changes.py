"""What would make a store's phone fetch a notice again, looked up for all of them at once."""

import msgspec

from inspection.persistence.statements import run


class NoticeChanges(msgspec.Struct, frozen=True):
    """How much was said and done about a notice: another number says that something was."""

    notice: str
    replies: int
    verdicts: int
    extensions: int
    handlers: int
    appeals: int


async def changes_of_store(store: str) -> dict[str, NoticeChanges]:
    """By notice, for all a store has."""
    rows = await run(f"{_CHANGES} WHERE n.store = ?", store)
    return {row["notice"]: msgspec.convert(row, NoticeChanges) for row in rows}


_LINES = "JOIN notice_line l ON l.id = x.line WHERE l.notice = n.id"
_CHANGES = (
    "SELECT n.id AS notice,"
    f" (SELECT count(*) FROM rectification_reply x {_LINES}) AS replies,"
    f" (SELECT count(*) FROM rectification_verdict x {_LINES}) AS verdicts,"
    f" (SELECT count(*) + count(x.decided_at) FROM line_extension x {_LINES}) AS extensions,"
    f" (SELECT count(*) FROM line_handler x {_LINES}) AS handlers,"
    # An appeal is about a loss of the visit, whichever of its notices names it.
    " (SELECT count(*) + CAST(coalesce(sum(a.version), 0) AS BIGINT) FROM appeal a"
    " WHERE a.visit = n.visit) AS appeals"
    " FROM notice n"
)
