"""Who is told of a round."""

from inspection.domain.access import Actor
from inspection.domain.messages.message import Message, MessageKind, people
from inspection.domain.org.region_path import upwards
from inspection.domain.rounds.round_decision import RoundVerdict
from inspection.persistence.people import people as accounts
from inspection.persistence.rounds.plans import RoundEntry
from inspection.services.messages.messages import tell
from inspection.services.rounds.round_access import place_of
from inspection.services.rounds.round_drafts import authors_of
from inspection.services.tools import Tools


async def tell_round_decided(
    tools: Tools, by: Actor, found: RoundEntry, verdict: RoundVerdict
) -> None:
    """Tell whoever had a hand in a round what became of it, in the caller's transaction."""
    message = Message(
        kind=MessageKind.ROUND_DECIDED,
        key=f"round.decided {found.id} {found.revision}",
        noun="round",
        noun_id=found.code,
        facts={
            "round": found.name_zh,
            "round_en": found.name_en,
            "outcome": verdict.value,
        },
        to=(people(*sorted(authors_of(found))),),
        by=by.account,
    )
    await tell(tools, message)


async def tell_round_waits(tools: Tools, by: Actor, found: RoundEntry) -> None:
    """Tell whoever may decide about a round that it waits, in the caller's transaction."""
    place = await place_of(found)
    over = await accounts.administrators_over(upwards(place.region_path or ""))
    message = Message(
        kind=MessageKind.ROUND_WAITING,
        key=f"round {found.id} {found.revision}",
        noun="round",
        noun_id=found.code,
        facts={"round": found.name_zh, "round_en": found.name_en},
        to=(people(*({account for account, _ in over} - authors_of(found))),),
        by=by.account,
    )
    await tell(tools, message)
