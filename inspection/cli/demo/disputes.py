"""What goes less smoothly in the demo: appeals and what came of them, notices nobody would take,
notices that should not have gone out. In turn, so that a small province has some of each.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import cycle

import msgspec

from inspection.cli.demo.mending import ANSWERED, Later
from inspection.domain.access import Actor
from inspection.domain.appeals.appeal import Advice, AppealMove, Ground
from inspection.persistence.rectifications import rectification_lines
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.services.appeals.appeal_decisions import decide_appeal
from inspection.services.appeals.appeal_rulings import Ruling
from inspection.services.appeals.appeal_threads import Opinion, Saying, add_message, advise_appeal
from inspection.services.appeals.appeals import Filing, file_appeal, withdraw_appeal
from inspection.services.notices.notice_voiding import void_notice
from inspection.services.notices.unsigned_receipts import note_refused
from inspection.services.tools import Tools

SAID = (
    (Ground.FACTS, "当天设备正在检修，已在门口张贴告示，检查时可能没有注意到。"),
    (Ground.STANDARD, "标准写的是“营业时间内”，检查时尚未到开门时间。"),
    (Ground.COUNTED_TWICE, "同一块灯箱在两个检查项里各扣了一次，请核对。"),
    (Ground.FORCE_MAJEURE, "当天片区停电，供电公司有停电通知。"),
)
ADVISED = "已向门店核实，现场情况与门店所述一致。"
ASKED = "请补充当天检修告示的照片。"
ANSWERED_SO = "告示已撤，附上检修单编号 20261107-3。"
REASONS = {
    AppealMove.UPHOLD: "门店所述属实，该项不应扣分。",
    AppealMove.REJECT: "照片清楚显示问题存在，维持原扣分。",
}
WITNESS = "店长不在店，当班人员拒绝签收；见证人：区县督导刘敏。"
MISTAKEN = "检查对象登记有误，本通知作废。"

DISPUTES = ("", "upheld", "", "filed", "rejected", "", "advised", "", "withdrawn", "")
"""What becomes of the notices stores signed for, one after another."""

RECEIPTS = ("refused", "void", "", "", "", "")
"""The same of those nobody signed for."""


class People(msgspec.Struct, frozen=True):
    """The store, its manager, and somebody who had no part in it."""

    store: Actor
    manager: Actor
    decider: Actor


class Disputes:
    """Plans what is disputed, each at its time; nothing that would only come after the story."""

    def __init__(self, tools: Tools, later: Later, until: datetime) -> None:
        self._tools, self._later, self._until = tools, later, until
        self._fates, self._receipts, self._said = cycle(DISPUTES), cycle(RECEIPTS), cycle(SAID)

    def signed_for(self, people: People, notice: str) -> None:
        """A store has signed for its notice."""
        if fate := next(self._fates):
            self._in(2, lambda: self._file(people, notice, fate))

    def issued(self, manager: Actor, notice: str) -> None:
        """A notice has gone out that its store leaves unsigned."""
        fate = next(self._receipts)
        if fate == "refused":
            self._in(2, lambda: note_refused(self._tools, manager, notice, WITNESS))
        elif fate == "void":
            self._in(2, lambda: void_notice(self._tools, manager, notice, MISTAKEN))

    def _in(self, hours: int, event: Callable[[], Awaitable[None]]) -> None:
        async def unless_over() -> None:
            if self._tools.now() < self._until:
                await event()

        self._later(hours, unless_over)

    async def _file(self, people: People, notice: str, fate: str) -> None:
        line = _disputed(await rectification_lines.lines_on_the_way(notice))
        if line is None:
            return
        ground, text = next(self._said)
        filing = Filing(notice=notice, line=line.number, item=line.item, ground=ground, text=text)
        filed = await file_appeal(self._tools, people.store, filing)
        if fate == "withdrawn":
            self._in(3, lambda: withdraw_appeal(self._tools, people.store, filed.id))
        elif fate != "filed":
            self._in(4, lambda: self._advise(people, filed.id, fate))

    async def _advise(self, people: People, appeal: str, fate: str) -> None:
        tools, verdict = self._tools, _VERDICTS.get(fate)
        await add_message(tools, people.manager, appeal, Saying(text=ASKED, to_store=True))
        await add_message(tools, people.store, appeal, Saying(text=ANSWERED_SO))
        advice = Advice.REJECT if verdict is AppealMove.REJECT else Advice.UPHOLD
        await advise_appeal(tools, people.manager, appeal, Opinion(advice=advice, text=ADVISED))
        if verdict:
            self._in(20, lambda: self._decide(people.decider, appeal, verdict))

    async def _decide(self, decider: Actor, appeal: str, verdict: AppealMove) -> None:
        ruling = Ruling(verdict=verdict, reason=REASONS[verdict])
        await decide_appeal(self._tools, decider, appeal, ruling)


def _disputed(lines: tuple[LineRow, ...]) -> LineRow | None:
    """A line that nobody mends or asks more time for."""
    left = (line for line in lines[ANSWERED + 1 :] if line.severity != "veto" and line.lost)
    return next(left, None)


_VERDICTS = {"upheld": AppealMove.UPHOLD, "rejected": AppealMove.REJECT}
