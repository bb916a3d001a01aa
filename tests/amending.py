"""Cards that say something else now, as a correction leaves them."""

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.scoring.scorecard import Scorecard
from inspection.persistence.statements import run


async def card_says(visit: str, **lost: int) -> Scorecard:
    """Write a new revision of a visit's card with these losses (`KC_E_01=100`) and no others."""
    losses = {item.replace("_", "-"): Hundredths(points) for item, points in lost.items()}
    rows = await run(
        "SELECT * FROM visit_scorecard WHERE visit = ? ORDER BY revision DESC LIMIT 1", visit
    )
    card = msgspec.json.decode(rows[0]["body"], type=Scorecard)
    items = tuple(
        msgspec.structs.replace(item, lost=losses.get(item.item, Hundredths(0)))
        for item in card.items
    )
    whole = Hundredths(sum(losses.values()))
    total = Hundredths(card.full - whole)
    new = msgspec.structs.replace(card, items=items, lost=whole, total=total, raw=total)
    row = dict(rows[0]) | {
        "id": f"card-{rows[0]['revision']}-{visit[:20]}",
        "revision": rows[0]["revision"] + 1,
        "body": msgspec.json.encode(new).decode(),
    }
    await run(
        f"INSERT INTO visit_scorecard ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        *row.values(),
    )
    return new
