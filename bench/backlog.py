"""What has gathered round the notices of a province: lines past their deadline and lines settled,
cases, appeals, and a round of approved visits that wait for their release.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bench.history import Province, SortedIds, insertion_of
from inspection.persistence.engines.database_engine import Rows
from inspection.persistence.statements import run, write_many

SAID = "{" + " " * 5_000 + "}"
"""As long as what an issued notice keeps of all it says."""

QUARTER = timedelta(days=91)
LATE = timedelta(days=3)
"""How long ago the deadlines of all open lines were."""


async def add_backlog(province: Province, now: datetime) -> None:
    """One late line, one settled line, one case and one appeal for each notice of the first round,
    two settled lines for those of the others; the last round's visits become approved ones. Needs
    a transaction.
    """
    ids, by = SortedIds(91), province.manager.account
    first, *others = province.rounds
    notices = await _notices(first)
    lines = [(notice, ids.id(), ids.id()) for notice in notices]
    await run("UPDATE notice SET snapshot = ? WHERE number IS NOT NULL", SAID)
    await write_many(_LINE, [_late(notice, late, now) for notice, late, _ in lines])
    await write_many(_LINE, [_settled(notice, settled, now) for notice, _, settled in lines])
    await write_many(_REPLY, [_reply(ids.id(), line, by, now) for _, _, line in lines])
    await write_many(_CASE, [_case(ids.id(), line, notice, now) for notice, _, line in lines])
    await write_many(_APPEAL, [_appeal(ids.id(), line, n, by, now) for n, line, _ in lines])
    for ago, round_ in enumerate(reversed(others)):
        then = now - ago * QUARTER
        for number in (1, 2):
            settled = [_settled(n, ids.id(), then, number) for n in await _notices(round_)]
            await write_many(_LINE, settled)
    await run(_SETTLED, first)
    await run(_TALLIED, first, first)
    await run(
        "UPDATE visit SET state = 'approved', reviewed_by = ?, reviewed_at = received_at,"
        " published_at = NULL WHERE round = ?",
        by,
        province.rounds[-1],
    )


async def _notices(round_id: str) -> Rows:
    return await run(
        "SELECT n.id, n.visit, n.round, n.store, n.store_kind, n.region_path FROM notice n"
        " WHERE n.round = ? ORDER BY n.id",
        round_id,
    )


def _late(notice: Mapping[str, object], line: str, now: datetime) -> Sequence[object]:
    words = "营业厅门头灯箱有一处不亮，影响夜间识别", "更换灯管并拍照", "店长"
    return (line, notice["id"], 1, "1.1.1", "1", "general", 100, *words, 24, now - LATE, "open")


def _settled(
    notice: Mapping[str, object], line: str, now: datetime, number: int = 2
) -> Sequence[object]:
    words = "宣传海报过期两周仍在橱窗内", "撤下并换上本期海报", "值班经理"
    what = number, f"{number}.1.1", str(number), "major", 200
    return (line, notice["id"], *what, *words, 48, now - LATE, "verified")


def _reply(id: str, line: str, by: str, now: datetime) -> Sequence[object]:
    words = "交接班漏看", "已经换好", "每周一由值班经理检查"
    return (id, line, 1, line, line, by, *words, now - LATE, now - LATE * 2)


def _case(id: str, line: str, notice: Mapping[str, object], now: datetime) -> Sequence[object]:
    place = notice["store"], notice["store_kind"], notice["region_path"]
    titles = "宣传海报", "Posters", "陈列", "Display"
    words = "宣传海报过期两周", "撤下并换上本期", "交接班漏看", "已经换好", "每周一检查"
    photos = "0" * 64, "1" * 64
    return (id, line, *place, "2.1.1", "2", *titles, *words, *photos, 30, now - LATE)


def _appeal(
    id: str, line: str, notice: Mapping[str, object], by: str, now: datetime
) -> Sequence[object]:
    about = notice["id"], line, notice["visit"], "1.1.1", notice["round"], notice["store"]
    said = "facts", "当天灯箱正在检修，有物业通知为证", "filed", 100, by
    return (id, *about, notice["region_path"], *said, now - LATE, *(now + LATE,) * 3)


_SETTLED = "UPDATE notice SET state = 'closed' WHERE number IS NOT NULL AND round <> ?"
# What every verdict says anew of its notice.
_TALLIED = (
    "UPDATE notice SET verified = CASE WHEN round = ? THEN 1 ELSE 2 END,"
    " verified_first = CASE WHEN round = ? THEN 1 ELSE 0 END WHERE number IS NOT NULL"
)
_LINE = insertion_of(
    "notice_line",
    *("id", "notice", "number", "item", "section", "severity", "lost"),
    *("problem", "requirement", "responsible", "hours", "due_at", "state"),
)
_REPLY = insertion_of(
    "rectification_reply",
    *("id", "line", "attempt", "client_id", "content_hash", "account"),
    *("cause", "measure", "prevention", "due_at", "received_at"),
)
_CASE = insertion_of(
    "solved_case",
    *("id", "line", "store", "store_kind", "region_path", "item", "section"),
    *("title_zh", "title_en", "section_zh", "section_en"),
    *("problem", "requirement", "cause", "measure", "prevention"),
    *("before_sha256", "after_sha256", "hours_taken", "solved_at"),
)
_APPEAL = insertion_of(
    "appeal",
    *("id", "notice", "line", "visit", "item", "round", "store", "region_path"),
    *("ground", "text", "state", "old_lost", "filed_by", "filed_at"),
    *("closes_at", "opinion_due_at", "decision_due_at"),
)
