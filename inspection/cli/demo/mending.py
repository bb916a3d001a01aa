"""How stores of the demo mend what their notices ask for, and what the desk says to it."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from random import Random

from inspection.cli.demo import pictures
from inspection.cli.demo.words import HERE, notes
from inspection.domain.access import Actor
from inspection.domain.rectifications.rectification import LineState
from inspection.domain.rectifications.reply import Reply, ReplyPhoto
from inspection.persistence.rectifications import (
    follow_up_calls,
    line_extensions,
    rectification_lines,
)
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.services.rectifications.extensions import Decision, Wanted, ask, decide
from inspection.services.rectifications.follow_ups import Outcome, note_call
from inspection.services.rectifications.rectification_replies import reply
from inspection.services.rectifications.rectification_verdicts import Judged, judge
from inspection.services.tools import Tools

Opinion = bool | None

ANSWERED = 3
"""Lines of a notice that are answered while the story lasts."""

AFTER = "-after"
UNSEEN = "hall"
"""What a photo from after shows where no other was drawn."""

MEASURES = (
    "已由设备厂家更换配件，逐台试用正常，并拍照存档。",
    "已清理并重新摆放，值班经理每日开门前检查一次。",
    "已更换新件，当天培训全体店员，纳入周例会通报。",
)
CAUSES = ("配件老化，报修后未跟进。", "交接班没有检查。", "")
PREVENTIONS = ("列入每日巡检表，由值班经理签字。", "")
RETURNED = "照片只拍到一侧，请补拍全景。"
TOO_LONG = "同城有备件可调拨，请按原期限完成。"
SAID = {"dissatisfied": "店员反映灯箱昨晚又不亮了。", "done": "已恢复正常，店员满意。"}
OPINIONS: tuple[Opinion, ...] = (True, False, None)
"""On requests for more time, one after the other: granted, refused, not yet looked at."""

LATER = "配件已下单，预计三天后到货。"


async def answer(tools: Tools, random: Random, store: Actor, notice: str) -> None:
    """The store answers its first lines and asks for more time for the next."""
    lines = await rectification_lines.lines_on_the_way(notice)
    for line in lines[:ANSWERED]:
        said = Reply(
            measure=random.choice(MEASURES),
            cause=random.choice(CAUSES),
            prevention=random.choice(PREVENTIONS),
            photos=(await _photo(tools, random, store, line),),
        )
        await reply(tools, store, line.id, said, f"demo-{line.id}")
    for line in lines[ANSWERED : ANSWERED + 1]:
        if line.severity != "veto" and line.due_at and line.due_at > tools.now():
            await ask(tools, store, line.id, Wanted(hours=72, reason=LATER))


async def look(
    tools: Tools, random: Random, manager: Actor, notice: str, opinions: Iterator[Opinion]
) -> None:
    """The desk accepts most of it, returns some, and leaves some for later; requests for more time
    get an opinion each in turn, so that a small province has one of each as well.
    """
    for line in await rectification_lines.lines_on_the_way(notice):
        chance = random.random()
        await _answer_request(tools, manager, line.id, opinions)
        if line.state is not LineState.SUBMITTED or chance > _JUDGED:
            continue
        accepted = chance < _ACCEPTED
        said = Judged(accept=accepted, reason="" if accepted else RETURNED)
        await judge(tools, manager, line.id, said)


async def call(tools: Tools, random: Random, manager: Actor, notice: str) -> None:
    """The store is called: most of it lasts, not all."""
    for line in await rectification_lines.lines_on_the_way(notice):
        found = await follow_up_calls.call_about(line.id)
        chance = random.random()
        if found and chance < _CALLED:
            came = next(came for limit, came in _CAME if chance < limit)
            await note_call(tools, manager, found, came, SAID.get(came, ""))


async def _answer_request(
    tools: Tools, manager: Actor, line: str, opinions: Iterator[Opinion]
) -> None:
    for request in await line_extensions.extensions_of(line):
        grant = next(opinions)
        if grant is not None:
            said = Decision(grant=grant, opinion="" if grant else TOO_LONG)
            await decide(tools, manager, request.id, said)


Later = Callable[[int, Callable[[], Awaitable[None]]], None]
"""Lets something happen so many hours later."""


def plan(
    tools: Tools,
    later: Later,
    people: tuple[Actor, Actor],
    notice: str,
    until: datetime,
    opinions: Iterator[Opinion],
) -> None:
    """Let the store answer, the manager look, and somebody call, after a while."""
    random = Random(notice)  # noqa: S311 - a story, no secret
    store, manager = people

    async def answered() -> None:
        await answer(tools, random, store, notice)
        later(6, looked)

    async def looked() -> None:
        await look(tools, random, manager, notice, opinions)
        if tools.now() < until:
            later(26, called)

    async def called() -> None:
        if tools.now() < until:
            await call(tools, random, manager, notice)

    if random.random() < _MENDS:
        later(5, answered)


_MENDS, _ACCEPTED, _JUDGED, _CALLED = 0.7, 0.5, 0.7, 0.6
_CAME: tuple[tuple[float, Outcome], ...] = (
    (0.08, "dissatisfied"),
    (0.16, "not_reached"),
    (1, "done"),
)


def picture_after(item: str) -> str:
    """What an item looks like mended; the hall where nothing was drawn for it."""
    name = notes().picture(item) + AFTER
    return name if (HERE / "pictures" / f"{name}.jpg").exists() else UNSEEN


async def _photo(tools: Tools, random: Random, store: Actor, line: LineRow) -> ReplyPhoto:
    taken = pictures.take(random, picture_after(line.item))
    await pictures.keep(tools, taken, store.account, tools.now())
    return ReplyPhoto(sha256=taken.photo.sha256, origin="camera", taken_at=tools.now())
