"""What an inspector has to do."""

from datetime import datetime

import msgspec
from litestar import get

from inspection.domain.access import Action
from inspection.persistence.rounds import RoundProgress
from inspection.services import assignments
from inspection.services.assignments import AssignmentOut
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of, tools_of


class AssignmentsOut(msgspec.Struct, frozen=True, kw_only=True):
    """The open round and every assignment in it, with what the phone needs to work offline."""

    server_time: datetime
    round: RoundProgress | None
    assignments: tuple[AssignmentOut, ...]


@get("/api/assignments", opt=needs(Action.ASSIGNMENT_READ))
async def list_assignments(request: WebRequest) -> AssignmentsOut:
    """The caller's own assignments, most urgent first."""
    mine = await assignments.my_assignments(actor_of(request))
    return AssignmentsOut(
        server_time=tools_of(request).now(), round=mine.round, assignments=mine.assignments
    )


ROUTES = [list_assignments]
