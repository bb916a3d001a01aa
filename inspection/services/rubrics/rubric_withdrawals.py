"""Taking a version out of use: no new round picks it, and what is submitted by it is kept apart."""

from inspection.domain.access import Action, Actor
from inspection.domain.plain_text import plain
from inspection.domain.refusals import (
    Fault,
    NotFound,
    RubricWithdrawnAlready,
    RubricWithdrawReasonMissing,
)
from inspection.domain.rubrics.rubric_draft import MOST_REASON
from inspection.persistence.engine import tx
from inspection.persistence.rubrics import rubric_decisions, rubrics
from inspection.persistence.rubrics.rubric_decisions import WithdrawalRow
from inspection.persistence.rubrics.rubrics import VersionRow
from inspection.services.changes import record
from inspection.services.reach import check_whole
from inspection.services.tools import Tools
from inspection.services.visit_admission import WITHDRAWN

PUBLISHED = "published"


async def withdraw_version(tools: Tools, actor: Actor, digest: str, reason: str) -> None:
    """Withdraw a version for a reason; the latest left of its code is in force again. Raises
    NotFound, RubricWithdrawReasonMissing or RubricWithdrawnAlready.
    """
    check_whole(actor, Action.RUBRIC_WITHDRAW, "rubric")
    said = plain(reason, "reason", MOST_REASON)
    if not said:
        fault = Fault("/reason", "rubric.withdraw_reason_missing")
        raise RubricWithdrawReasonMissing(faults=(fault,))
    async with tx():
        await _withdraw(tools, actor, await _held(digest), said)


async def _held(digest: str) -> VersionRow:
    """The version, its code's versions kept from changing until the transaction ends."""
    if (found := await rubrics.find_version(digest)) is None:
        raise NotFound(noun="rubric")
    await rubrics.lock_versions(found.code)
    return await rubrics.get_version(digest)


async def _withdraw(tools: Tools, actor: Actor, found: VersionRow, reason: str) -> None:
    if found.state == WITHDRAWN:
        raise RubricWithdrawnAlready
    row = WithdrawalRow(
        id=tools.new_id(),
        rubric_version=found.digest,
        reason=reason,
        account=actor.account,
        withdrawn_at=tools.now(),
    )
    before = await rubrics.version_in_force(found.code)
    await rubric_decisions.add_withdrawal(row)
    await rubrics.change_state(found.digest, WITHDRAWN)
    if after := await rubrics.version_in_force(found.code):
        await rubrics.change_state(after.digest, PUBLISHED)
    in_force = [version.digest if version else None for version in (before, after)]
    changes = {"state": [found.state, WITHDRAWN], "in_force": in_force}
    facts = {"code": found.code, "number": found.number, "reason": reason, "changes": changes}
    await record(tools, actor, "rubric.withdraw", ("rubric", found.digest), facts)
