"""A phone's copy of a draft: valid by default, any part replaced by keyword."""

import json
from typing import Any

from inspection.services.tools import Tools
from inspection.services.visits import drafts
from inspection.services.visits.drafts import Kept, Sent, keep_draft
from tests.cast import CLUB, LI, Person, assignment_id
from tests.submissions import VISIT, sha256_of

PHONE, TABLET = "phone-1", "tablet-2"
SESSION = "session-1"


def a_draft(**parts: Any) -> dict[str, Any]:
    """What a phone sends."""
    return {
        "format": 1,
        "visit": VISIT,
        "device": PHONE,
        "attempt": 1,
        "assignment": assignment_id(LI, CLUB),
        "rubric_digest": "0" * 64,
        "saves": 1,
        "app": "1.0.0",
        "changed_at": "2026-11-18T08:15:00+08:00",
        "clock_offset_ms": 0,
        "photos": [],
        "document": {"visit": {"id": VISIT}, "answers": [{"item": "KC-E-01", "note": "门口"}]},
    } | parts


def draft_bytes(**parts: Any) -> bytes:
    """The bytes that travel."""
    return json.dumps(a_draft(**parts), ensure_ascii=False).encode()


async def send_draft(
    tools: Tools, by: Person = LI, *, session: str = SESSION, **parts: Any
) -> Kept:
    """Send a copy to the address it names."""
    draft, content = a_draft(**parts), draft_bytes(**parts)
    sent = Sent(
        visit=draft["visit"],
        device=draft["device"],
        session=session,
        content=content,
        announced_hash=sha256_of(content),
    )
    return await keep_draft(tools, by.actor, sent)


async def copies():
    """Device and saves of every copy that is open."""
    found = await drafts.open_drafts(LI.actor)
    return {(draft.visit, copy.device, copy.saves) for draft in found for copy in draft.copies}
