"""Having the chain of the log recomputed: asked for on the page, done as a job, kept in the log."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.audit.audit import AuditEntry
from inspection.persistence import jobs
from inspection.persistence.audit import audit
from inspection.persistence.bulletins import bulletins
from inspection.persistence.engine import read_tx, tx
from inspection.services.reach import check_whole
from inspection.services.tools import Tools

VERIFY = "audit.verify"
_SUBJECT = ("audit", "chain")
_MOST_NAMED = 20


class ChainCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What the last check found: how many events, up to which hash, and the first faults."""

    events: int
    hash: str
    faults: tuple[str, ...] = ()


async def ask_for_check(tools: Tools, actor: Actor) -> None:
    """Leave the check to a worker. One that waits already will do."""
    check_whole(actor, Action.AUDIT_VERIFY, "audit")
    async with tx():
        if not await jobs.waiting(VERIFY):
            now = tools.now()
            key = f"{VERIFY} {now.isoformat()}"
            await jobs.enqueue(kind=VERIFY, key=key, payload={"account": actor.account}, at=now)


async def check_chain(tools: Tools, account: str) -> ChainCheck:
    """Walk the whole chain and write into the log what was found there. What published bulletins
    carry must be in it.
    """
    report = await audit.verify_chain(await bulletins.chain_marks())
    faults = tuple(f"{fault.kind} {fault.seq}-{fault.until}" for fault in report.faults)
    found = ChainCheck(events=report.events, hash=report.head.hash, faults=faults[:_MOST_NAMED])
    async with tx():
        await audit.append(
            at=tools.now(),
            actor=account,
            action=VERIFY,
            noun=_SUBJECT[0],
            noun_id=_SUBJECT[1],
            body=msgspec.structs.asdict(found),
        )
    return found


async def is_checking() -> bool:
    """Whether a check waits or is under way."""
    async with read_tx():
        return bool(await jobs.waiting(VERIFY))


async def last_check() -> tuple[AuditEntry, ChainCheck] | None:
    """The last check and what it found."""
    async with read_tx():
        events = await audit.events_of(*_SUBJECT)
    if not events:
        return None
    return events[-1], msgspec.json.decode(events[-1].body, type=ChainCheck)
