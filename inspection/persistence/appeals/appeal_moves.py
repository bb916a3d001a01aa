"""What becomes of an appeal: an opinion, a decision, a withdrawal. The row itself knows who may not
decide.
"""

from datetime import datetime

import msgspec

from inspection.domain.appeals.appeal import OPEN_STATES, Advice, AppealState
from inspection.domain.points import Hundredths
from inspection.persistence.statements import marks, run


class Advised(msgspec.Struct, frozen=True, kw_only=True):
    """What an opinion writes."""

    advice: Advice
    text: str
    by: str
    at: datetime
    decision_due_at: datetime


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision writes. `answer` is JSON, empty where nothing was found instead."""

    state: AppealState
    new_lost: Hundredths
    reason: str
    answer: str
    by: str
    at: datetime


async def note_advice(appeal: str, advised: Advised) -> None:
    """Keep the region's opinion of an appeal that waits for one."""
    await run(
        "UPDATE appeal SET state = 'advised', advice = ?, advice_text = ?, advised_by = ?,"
        " advised_at = ?, decision_due_at = ?, version = version + 1"
        " WHERE id = ? AND state = 'filed'",
        advised.advice.value,
        advised.text,
        advised.by,
        advised.at,
        advised.decision_due_at,
        appeal,
    )


async def note_decision(appeal: str, decided: Decided) -> bool:
    """Keep a decision. False when the appeal is not open any more, or whoever decides had a part
    in the visit or its notice: the row itself refuses them.
    """
    rows = await run(
        "UPDATE appeal SET state = ?, new_lost = ?, reason = ?, answer = ?, decided_by = ?,"
        " decided_at = ?, version = version + 1"
        f" WHERE id = ? AND state IN ({marks(len(OPEN_STATES))})"
        f" AND NOT EXISTS (SELECT 1 FROM ({_INVOLVED}) p WHERE p.account = ?) RETURNING id",
        decided.state.value,
        decided.new_lost,
        decided.reason,
        decided.answer,
        decided.by,
        decided.at,
        appeal,
        *OPEN_STATES,
        *(appeal,) * _TIMES,
        decided.by,
    )
    return bool(rows)


async def involved_in(appeal: str) -> frozenset[str]:
    """Everybody who had a part in what an appeal is about, by account."""
    rows = await run(
        f"SELECT p.account FROM ({_INVOLVED}) p WHERE p.account IS NOT NULL", *(appeal,) * _TIMES
    )
    return frozenset(str(row["account"]) for row in rows)


async def note_withdrawal(appeal: str, by: str, at: datetime) -> None:
    """Take an open appeal back, which frees its claim."""
    await run(
        "UPDATE appeal SET state = 'withdrawn', claim = NULL, withdrawn_by = ?, withdrawn_at = ?,"
        f" version = version + 1 WHERE id = ? AND state IN ({marks(len(OPEN_STATES))})",
        by,
        at,
        appeal,
        *OPEN_STATES,
    )


async def note_amended(appeal: str, notice: str) -> None:
    """Name the notice that says what was decided."""
    await run("UPDATE appeal SET amended = ? WHERE id = ?", notice, appeal)


# Who inspected, who ever reviewed or corrected an attempt, who signed the notice, and who advised:
# none of them judges their own work. An amended notice is signed by whoever decided before.
_INVOLVED = (
    "SELECT v.inspector AS account FROM appeal i JOIN visit v ON v.id = i.visit WHERE i.id = ?"
    " UNION SELECT w.reviewer FROM appeal i JOIN review w ON w.visit = i.visit WHERE i.id = ?"
    " UNION SELECT n.signed_by FROM appeal i JOIN notice n ON n.visit = i.visit"
    " AND n.replaces IS NULL WHERE i.id = ?"
    " UNION SELECT c.corrected_by FROM appeal i JOIN correction c ON c.visit = i.visit"
    " AND c.source = 'review' WHERE i.id = ?"
    " UNION SELECT i.advised_by FROM appeal i WHERE i.id = ?"
)
_TIMES = _INVOLVED.count("?")
