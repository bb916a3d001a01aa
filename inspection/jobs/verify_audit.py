"""The job that recomputes the chain of the log."""

import msgspec

from inspection.services.audit import audit_checks
from inspection.services.tools import Tools

KIND = audit_checks.VERIFY


class VerifyAudit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who asked for it."""

    account: str


async def verify_audit(tools: Tools, payload: VerifyAudit) -> None:
    """Do it. Done twice, the log says so twice."""
    await audit_checks.check_chain(tools, payload.account)
