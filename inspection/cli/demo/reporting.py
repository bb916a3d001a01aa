"""The demo's bulletins: one about the round before, one about a week, and a draft."""

from datetime import datetime, time, timedelta
from random import Random

from inspection.cli.demo.calendar import DemoRound
from inspection.cli.demo.chance import SeededIds, StoryClock, story_tools
from inspection.cli.demo.settling import Settled
from inspection.domain.bulletins.bulletin import BulletinKind
from inspection.domain.deadline import SHANGHAI, day_of, monday_of
from inspection.domain.org.region_path import branch_of, code_of
from inspection.persistence.bulletins.complaints import ComplaintRecord, keep_counts
from inspection.persistence.engine import tx
from inspection.services.bulletins.bulletin_drafting import (
    Wanted,
    Written,
    edit_bulletin,
    start_bulletin,
)
from inspection.services.bulletins.bulletin_publishing import publish_bulletin
from inspection.services.bulletins.bulletin_told import cases_to_choose
from inspection.services.bulletins.bulletins import bulletin_of
from inspection.services.tools import Tools

BY = "province"
READERS = ("admin", "reviewer", "manager")
"""Who has opened every issue; the others have not yet."""

CHANNELS = {"热线": 9, "营业厅": 4, "网上": 5, "12300 申诉": 2}
"""Where complaints come in, and below how many a week in a city."""

WEEKS = 12

PREFACE = (
    "本轮失分集中在服务设施和资料摆放两项，多家门店缺少或停用手机加油站。\n"
    "各市州要把开门前点检写进值班表，设备送修时备好替换件，做到件件有回音。"
)
WEEKLY = (
    "本周整改总体按时，个别门店反馈照片不全，被退回补拍。\n"
    "请各市州盯紧超时项，超时两天以上的由市州经理到店督办。"
)
CLOSING = "尚未暗访的门店在本轮截止前完成。\n待审核的门店下周内出分。"


def reporting_tools(tools: Tools, clock: StoryClock, seed: int) -> Tools:
    """With chances of their own: what is reported changes nothing of what happens."""
    apart = Random(f"bulletins {seed}")  # noqa: S311 - a story, not a secret
    return story_tools(tools, clock, SeededIds(apart))


async def report_round(
    tools: Tools, clock: StoryClock, settled: Settled, round_: DemoRound
) -> None:
    """The morning after a round has ended, the province publishes what it came to."""
    clock.at = datetime.combine(round_.ends_on + timedelta(days=1), time(9), SHANGHAI)
    wanted = Wanted(kind=BulletinKind.ROUND, round=round_.code)
    await _publish(tools, settled, wanted, Written(preface=PREFACE))


async def count_complaints(tools: Tools, settled: Settled, chance: Random) -> None:
    """What the channels of every city counted in the last weeks, and in those a year before."""
    today = day_of(tools.now())
    monday = monday_of(today)
    branches = sorted({branch_of(store.path) for store in settled.stores})
    weeks = [monday - timedelta(weeks=n) for ago in (0, 52) for n in range(ago, ago + WEEKS)]
    records = [
        ComplaintRecord(
            week=week,
            place=code_of(path),
            region_path=path,
            store=None,
            channel=channel,
            n=chance.randrange(most),
        )
        for week in weeks
        for path in branches
        for channel, most in CHANNELS.items()
    ]
    async with tx():
        await keep_counts(records)


async def report_weeks(tools: Tools, settled: Settled) -> None:
    """The week most of which is over is published; the round's issue is a draft with a preface."""
    await count_complaints(tools, settled, Random(len(settled.stores)))  # noqa: S311 - a story
    lately = Wanted(kind=BulletinKind.WEEK, day=day_of(tools.now()) - timedelta(days=3))
    by = settled.people[BY]
    cases = [each.id for each in await cases_to_choose(by)]
    said = Written(preface=WEEKLY, closing=CLOSING, solved_case=cases[0] if cases else "")
    await _publish(tools, settled, lately, said)
    draft = await start_bulletin(tools, by, Wanted(kind=BulletinKind.ROUND))
    await edit_bulletin(tools, by, draft, Written(preface=WEEKLY, hide_worst=True), 1)


async def _publish(tools: Tools, settled: Settled, wanted: Wanted, said: Written) -> None:
    by = settled.people[BY]
    bulletin = await start_bulletin(tools, by, wanted)
    await edit_bulletin(tools, by, bulletin, said, 1)
    await publish_bulletin(tools, by, bulletin, 2)
    for reader in READERS:
        await bulletin_of(tools, settled.people[reader], bulletin)
