"""The number of a notice: from the nearest issuer, drawn once, none lost, anew each year."""

import asyncio
from datetime import UTC, datetime

import pytest

from inspection.domain.notices.notice_number import LEGACY
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.notices.notices import notice_of
from tests.cast import GUO, LANZHOU, PROVINCE, WANG
from tests.issuing import an_issuer
from tests.receiving import rows_of
from tests.reviewing import a_draft, sign, snapshot_of


async def test_a_notice_is_numbered_by_the_nearest_issuer(province):
    await an_issuer(PROVINCE, mark="甘移")
    await an_issuer(LANZHOU, mark="兰移服整", pattern=LEGACY, name="兰州分公司服务质量部")
    first, second = await many_drafts(province, 2)
    assert (await sign(province, first)).number == "兰移服整字〔2026〕第001号"
    await run("UPDATE notice SET region_path = '/620000/620500/' WHERE id = ?", second)
    assert (await sign(province, second, by=GUO)).number == "甘移〔2026〕1号"
    assert (await snapshot_of(first)).issuer == "兰州分公司服务质量部"
    drawn = [
        (row["counter"], row["n"], row["noun_id"]) for row in await rows_of("drawn_number", "id")
    ]
    assert drawn == [("兰移服整|notice|2026", 1, first), ("甘移|notice|2026", 1, second)]


async def many_drafts(tools, count):
    first = await a_draft(tools)
    (row,) = await run("SELECT * FROM notice WHERE id = ?", first)
    (line, *_) = await rows_of("notice_line", "number")
    columns, places = ", ".join(row), ", ".join("?" * len(row))
    ids = [first]
    for n in range(1, count):
        ids.append(f"{n:032x}")
        copy = row | {"id": ids[-1], "verify_token": f"{n:064x}"}
        await run(f"INSERT INTO notice ({columns}) VALUES ({places})", *copy.values())
        lines = line | {"id": f"line-{n}", "notice": ids[-1]}
        await run(
            f"INSERT INTO notice_line ({', '.join(lines)}) VALUES ({', '.join('?' * len(lines))})",
            *lines.values(),
        )
    return ids


async def test_fifty_signings_at_once_give_one_to_fifty(province):
    drafts = await many_drafts(province, 50)
    signed = await asyncio.gather(*(sign(province, id_) for id_ in drafts))
    assert sorted(notice.number for notice in signed) == sorted(
        f"甘移服整〔2026〕{n}号" for n in range(1, 51)
    )
    assert (await audit.verify_chain()).intact


async def test_a_signing_that_fails_leaves_no_gap(province):
    broken, sound, last = await many_drafts(province, 3)
    await sign(province, sound)
    await run("UPDATE notice_line SET item = 'KC-X-99' WHERE notice = ?", broken)
    with pytest.raises(Exception, match=r"notice\.line_unknown"):
        await sign(province, broken)
    assert (await sign(province, last)).number == "甘移服整〔2026〕2号"
    assert (await notice_of(province, WANG.actor, sound)).number == "甘移服整〔2026〕1号"


@pytest.mark.parametrize(
    ("at", "number"),
    [
        (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), "甘移服整〔2026〕1号"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "甘移服整〔2027〕1号"),
    ],
)
async def test_the_year_turns_at_midnight_in_shanghai(province, clock, at, number):
    notice = await a_draft(province)
    clock.time = at
    assert (await sign(province, notice)).number == number
