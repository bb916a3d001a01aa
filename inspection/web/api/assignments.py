"""What an inspector has to do."""

from datetime import datetime

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.persistence.rounds.rounds import RoundProgress
from inspection.services.rectifications.reinspection_details import reply_seen
from inspection.services.rounds import assignments
from inspection.services.rounds.assignments import AssignmentOut
from inspection.services.rounds.reinspection_tasks import ReinspectionOut, my_reinspections
from inspection.web.file_names import line_place_in
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of, tools_of


class AssignmentsOut(msgspec.Struct, frozen=True, kw_only=True):
    """The open rounds and every assignment in them, with what the phone needs to work offline;
    `round` is the first of `rounds`. `reinspections` are stores to be looked at again.
    """

    server_time: datetime
    round: RoundProgress | None
    rounds: tuple[RoundProgress, ...]
    assignments: tuple[AssignmentOut, ...]
    reinspections: tuple[ReinspectionOut, ...]


@get("/api/assignments", opt=needs(Action.ASSIGNMENT_READ))
async def list_assignments(request: WebRequest) -> AssignmentsOut:
    """The caller's own assignments, most urgent first."""
    mine = await assignments.my_assignments(actor_of(request))
    again = await my_reinspections(tools_of(request), actor_of(request))
    return AssignmentsOut(
        server_time=tools_of(request).now(),
        round=mine.round,
        rounds=mine.rounds,
        assignments=mine.assignments,
        reinspections=again,
    )


@get("/api/reinspections/{id:str}/photos/{name:str}", opt=needs(Action.ASSIGNMENT_READ))
async def read_reply_photo(
    request: WebRequest, id: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """A photo of what the store answered, for the inspector who is to look again: `2-1.jpg`."""
    number, k = line_place_in(name)
    found = await reply_seen(tools_of(request), actor_of(request), id, number, k)
    return Response(found, media_type="image/jpeg", headers={"cache-control": "private, no-cache"})


ROUTES = [list_assignments, read_reply_photo]
