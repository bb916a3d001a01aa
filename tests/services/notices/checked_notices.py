"""Notices that were checked, to be signed together."""

from inspection.services.notices.notices import submit_notice
from tests.cast import CLUB, LI, SUN
from tests.reviewing import a_draft, another_assignment


async def note(done, steps):
    return True


async def three_checked(tools):
    found = []
    for name in ("first", "second", "third"):
        assignment = await another_assignment(tools, LI, CLUB, name)
        draft = await a_draft(tools, name, assignment=assignment)
        await submit_notice(tools, SUN.actor, draft)
        found.append(draft)
    return tuple(found)
