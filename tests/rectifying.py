"""What tests of rectification do over and over: a store answers, the desk looks."""

from typing import Any

import msgspec

from inspection.domain.rectifications.reply import Reply, ReplyPhoto
from inspection.persistence.rectifications.rectification_lines import LineRow, lines_on_the_way
from inspection.services.rectifications.rectification_replies import reply
from inspection.services.rectifications.rectification_results import ReplyReceipt, Verdict
from inspection.services.rectifications.rectification_verdicts import Judged, judge
from inspection.services.tools import Tools
from tests.cast import CHEN, CLUB, LI, WANG, Person
from tests.reviewing import TWO_LOSSES, an_issued, send_photo
from tests.submissions import a_photo, sha256_of

SHADE = 60
"""Where the photos from after begin; those of visits have smaller shades."""


async def issued_lines(
    tools: Tools, name: str = "first", losses: tuple[str, ...] = TWO_LOSSES, **parts: Any
) -> tuple[LineRow, ...]:
    """The lines of a notice that was issued, with photos from the visit where `pictures` are."""
    for picture in parts.get("pictures", ()):
        await send_photo(tools, picture, by=parts.get("visitor", LI))
    signed = await an_issued(tools, name, losses=losses, **parts)
    return await lines_on_the_way(signed.id)


async def sent_photo(tools: Tools, shade: int = SHADE, by: Person = CHEN) -> str:
    """A photo from after, sent by the store and cleaned; its digest."""
    photo = a_photo(shade)
    await send_photo(tools, photo, by=by)
    return sha256_of(photo)


async def a_reply(
    tools: Tools, line: str, shade: int = SHADE, by: Person = CHEN, **parts: Any
) -> ReplyReceipt:
    """An answer with a photo from after."""
    digest = await sent_photo(tools, shade, by)
    client_id = parts.pop("client_id", f"client-{shade}")
    said = Reply(measure="已装好并逐一试过", photos=(ReplyPhoto(sha256=digest),))
    return await reply(tools, by.actor, line, msgspec.structs.replace(said, **parts), client_id)


async def accept(tools: Tools, line: str, by: Person = WANG, **more: Any) -> Verdict:
    """The desk accepts."""
    return await judge(tools, by.actor, line, Judged(accept=True, **more))


async def send_back(
    tools: Tools, line: str, by: Person = WANG, reason: str = "只改了一部分", **more: Any
) -> Verdict:
    """The desk returns it."""
    return await judge(tools, by.actor, line, Judged(accept=False, reason=reason, **more))


__all__ = ["CLUB", "a_reply", "accept", "issued_lines", "send_back", "sent_photo"]
