"""Second looks of the demo: one inspector is on the way to failed lines of a notice, another has
been there, and the desk has not said yet what follows.
"""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

import msgspec

from inspection.cli.demo import pictures
from inspection.cli.demo.mending import picture_after
from inspection.cli.demo.pictures import DemoPhoto
from inspection.cli.demo.settling import Settled
from inspection.cli.demo.stores import DemoStore
from inspection.cli.demo.submission import Trip, body_of
from inspection.domain.access import Actor
from inspection.domain.deadline import day_of
from inspection.domain.listing import ListAsked
from inspection.domain.rectifications.rectification import LineState
from inspection.domain.refusals.rectification import ReinspectionRefused
from inspection.domain.scoring.answers import Answer, Answers
from inspection.domain.visits.visit import content_hash
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.rectifications.reinspection_sendings import asked_for
from inspection.services.rectifications.rectification_lists import LinesAsked, line_list
from inspection.services.rectifications.reinspections import Choices, Sending, choices, send
from inspection.services.tools import Tools
from inspection.services.visits.visits import receive_visit

BY = "province"
ON_THE_WAY = "inspector"
"""Whose phone has one to do, where the rules let this person go."""

DAYS = 7
LOOKED_AT = 12
"""So many returned lines are tried until two notices have somebody sent."""


async def look_again(tools: Tools, settled: Settled, random: Random) -> None:
    """Send two inspectors for what stores mended badly; the second is back with what was found."""
    by = settled.people[BY]
    wanted = LinesAsked(tab=LineState.RETURNED, asked=ListAsked(size=LOOKED_AT))
    looks: dict[str, tuple[str, Actor, Choices]] = {}
    for row in (await line_list(tools, by, wanted)).rows:
        found = await choices(tools, by, row.line.id)
        if len(looks) == 2 or found.notice in looks or not found.lines:
            continue
        own = settled.people[ON_THE_WAY].account
        # That person first for the first, last for the second.
        ids = [one.id for one in found.inspectors]
        order = sorted(ids, key=lambda person: (person == own) == bool(looks))
        if (sent := await _sent(tools, by, found, order)) is not None:
            look, who = sent
            person = next(one for one in settled.people.values() if one.account == who)
            looks[found.notice] = (look, person, found)
    for look, person, found in list(looks.values())[1:]:
        store = next(store for store in settled.stores if store.code == found.store_code)
        await _come_back(tools, random, look, person, found.lines, store)


async def _sent(
    tools: Tools, by: Actor, found: Choices, people: Sequence[str]
) -> tuple[str, str] | None:
    """The look and its inspector: the first of these who may go."""
    today = day_of(tools.now())
    for person in people:
        sending = Sending(
            lines=tuple(line.id for line in found.lines),
            inspector=person,
            window_from=today,
            window_to=today + timedelta(days=DAYS),
        )
        try:
            return await send(tools, by, found.lines[0].id, sending), person
        except ReinspectionRefused:
            continue
    return None


async def _come_back(
    tools: Tools,
    random: Random,
    look: str,
    person: Actor,
    lines: tuple[LineRow, ...],
    store: DemoStore,
) -> None:
    asked = await asked_for(look)
    if asked is None:
        return
    trip = Trip(
        visit=tools.new_id(),
        assignment=look,
        rubric_digest=asked.rubric_version,
        latitude_e6=store.latitude_e6,
        longitude_e6=store.longitude_e6,
        started_at=tools.now() - timedelta(hours=2),
    )
    items = dict.fromkeys(item for line in lines for item in line.items())
    answers = Answers(items=tuple(Answer(item=item, verdict="pass") for item in items))
    photos = {item: await _photo(tools, random, person, item) for item in items}
    content = msgspec.json.encode(body_of(random, trip, answers, photos))
    await receive_visit(tools, person, trip.visit, 1, content, content_hash(content))


async def _photo(tools: Tools, random: Random, person: Actor, item: str) -> DemoPhoto:
    taken = pictures.take(random, picture_after(item))
    await pictures.keep(tools, taken, person.account, tools.now())
    return taken.photo
