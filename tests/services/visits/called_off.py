"""Looks that were called off while somebody was on the way."""

import pytest

from inspection.domain.refusals import AssignmentCancelled
from inspection.services.rectifications.reinspections import call_off
from tests.cast import MA, WANG
from tests.looking import a_look, failed_lines, send_look, send_somebody
from tests.receiving import rows_of
from tests.reviewing import send_photo
from tests.submissions import a_photo

PICTURE = a_photo(91)


async def called_off(tools):
    """A line, the look at it that was called off, and what the phone sent of it, parked."""
    (line,) = await failed_lines(tools, losses=("KC-E-01",))
    look = await send_somebody(tools, line)
    await call_off(tools, WANG.actor, look, "门店装修")
    await send_photo(tools, PICTURE, by=MA)
    sent = a_look(look, line, failed=(line.item,), picture=PICTURE)
    with pytest.raises(AssignmentCancelled):
        await send_look(tools, sent)
    (parked,) = await rows_of("parked")
    return line, look, sent, parked["id"]
