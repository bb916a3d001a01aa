"""Appeals: filed, advised, decided, withdrawn. Every change names the state it expects."""

from datetime import datetime

import msgspec

from inspection.domain.appeals.appeal import (
    DECIDED_STATES,
    OPEN_STATES,
    Advice,
    AppealState,
    Ground,
)
from inspection.domain.notices.notice_part import LinePart
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.points import Hundredths
from inspection.domain.rounds.round import RoundState
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import insertion, marks, run


class NewAppeal(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal to keep. Its id is random: it reaches the store."""

    id: str
    notice: str
    line: str
    visit: str
    attempt: int
    item: str
    round: str
    store: str
    region_path: str
    ground: Ground
    text: str
    claim: str
    frozen: bool
    old_lost: Hundredths
    filed_by: str
    filed_at: datetime
    closes_at: datetime
    opinion_due_at: datetime
    decision_due_at: datetime
    client_id: str | None = None
    content_hash: str = ""


class AppealRow(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal with the notice, line, round and people it names. For the staff, never for a
    store: `inspector` is who inspected.
    """

    id: str
    notice: str
    line: str
    line_number: int
    line_severity: str
    problem: str
    requirement: str
    photos: str
    number: str | None
    notice_state: NoticeState
    visit: str
    attempt: int
    item: str
    round: str
    round_state: RoundState
    round_code: str
    round_zh: str
    round_en: str
    visit_kind: str
    disclose_day: bool
    store: str
    store_code: str
    store_name: str
    store_kind: str
    region_path: str
    rubric_version: str
    inspector: str
    pseudonym: str
    ground: Ground
    text: str
    state: AppealState
    frozen: bool
    old_lost: Hundredths
    new_lost: Hundredths | None
    filed_by: str
    filed_name: str
    filed_at: datetime
    closes_at: datetime
    opinion_due_at: datetime
    decision_due_at: datetime
    advice: Advice | None
    advice_text: str
    advised_by: str | None
    advised_name: str | None
    advised_at: datetime | None
    reason: str
    answer: str
    decided_by: str | None
    decided_name: str | None
    decided_at: datetime | None
    amended: str | None
    amended_number: str | None
    withdrawn_at: datetime | None
    version: int
    content_hash: str


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    at: datetime
    item: str
    parts: str

    def items(self) -> tuple[str, ...]:
        parts = msgspec.json.decode(self.parts, type=tuple[LinePart, ...])
        return (self.item, *(part.item for part in parts))


async def add_appeal(row: NewAppeal) -> None:
    """Keep an appeal. Raises UniqueBroken while another holds its claim."""
    await run(insertion("appeal", NewAppeal), *msgspec.structs.astuple(row))


async def find_appeal(appeal: str) -> AppealRow | None:
    """The appeal as it stands."""
    rows = await run(f"{_APPEAL} WHERE a.id = ?", appeal)
    return msgspec.convert(rows[0], AppealRow, strict=False) if rows else None


async def get_appeal(appeal: str) -> AppealRow:
    """The same, of one there is."""
    rows = await run(f"{_APPEAL} WHERE a.id = ?", appeal)
    return msgspec.convert(rows[0], AppealRow, strict=False)


async def lock_appeal(appeal: str) -> AppealRow | None:
    """The appeal, kept from changing until the transaction ends."""
    await run("SELECT id FROM appeal WHERE id = ?" + for_update_clause(), appeal)
    return await find_appeal(appeal)


async def find_sent(client_id: str) -> AppealRow | None:
    """The appeal a phone sent under this name."""
    rows = await run(f"{_APPEAL} WHERE a.client_id = ?", client_id)
    return msgspec.convert(rows[0], AppealRow, strict=False) if rows else None


async def holder_of(claim: str) -> str | None:
    """The appeal that is open or decided about a loss."""
    rows = await run("SELECT id FROM appeal WHERE claim = ?", claim)
    return str(rows[0]["id"]) if rows else None


async def delivered_first(visit: str, item: str) -> datetime | None:
    """When the store was first told of a loss: amending a notice does not tell it anew."""
    rows = await run(
        "SELECT n.delivered_at AS at, l.item, l.parts FROM notice n JOIN notice_line l"
        " ON l.notice = n.id WHERE n.visit = ? AND n.delivered_at IS NOT NULL"
        " ORDER BY n.delivered_at",
        visit,
    )
    told = msgspec.convert(rows, tuple[_Told, ...])
    return next((row.at for row in told if item in row.items()), None)


async def appeals_about(visit: str) -> dict[str, tuple[str, AppealState]]:
    """The appeal that is open or decided about each item of a visit."""
    states = (*OPEN_STATES, *DECIDED_STATES)
    rows = await run(
        f"SELECT item, id, state FROM appeal WHERE visit = ? AND state IN ({marks(len(states))})",
        visit,
        *states,
    )
    return {str(row["item"]): (str(row["id"]), AppealState(row["state"])) for row in rows}


_APPEAL = (
    "SELECT a.id, a.notice, a.line, l.number AS line_number, l.severity AS line_severity,"
    " l.problem, l.requirement, l.photos, n.number, n.state AS notice_state, a.visit, a.attempt,"
    " a.item, a.round, r.state AS round_state, r.code AS round_code, r.name_zh AS round_zh,"
    " r.name_en AS round_en, r.visit_kind, r.disclose_day, a.store, s.code AS store_code,"
    " s.name AS store_name, s.kind AS store_kind, a.region_path, v.rubric_version, v.inspector,"
    " y.pseudonym, a.ground, a.text, a.state, a.frozen, a.old_lost, a.new_lost, a.filed_by,"
    " f.name AS filed_name, a.filed_at, a.closes_at, a.opinion_due_at, a.decision_due_at,"
    " CASE WHEN a.advice = '' THEN NULL ELSE a.advice END AS advice, a.advice_text, a.advised_by,"
    " d.name AS advised_name, a.advised_at, a.reason, a.answer, a.decided_by,"
    " e.name AS decided_name, a.decided_at, a.amended, m.number AS amended_number,"
    " a.withdrawn_at, a.version, a.content_hash"
    " FROM appeal a JOIN notice n ON n.id = a.notice JOIN notice_line l ON l.id = a.line"
    " JOIN visit v ON v.id = a.visit JOIN account y ON y.id = v.inspector"
    " JOIN store s ON s.id = a.store JOIN round r ON r.id = a.round"
    " JOIN account f ON f.id = a.filed_by LEFT JOIN account d ON d.id = a.advised_by"
    " LEFT JOIN account e ON e.id = a.decided_by LEFT JOIN notice m ON m.id = a.amended"
)
