"""What tests of appeals do over and over: a delivered notice, an appeal, an opinion, a decision."""

from typing import Any

from inspection.domain.access import Role
from inspection.domain.appeals.appeal import Advice, AppealMove, Ground
from inspection.services.appeals.appeal_decisions import Outcome, decide_appeal
from inspection.services.appeals.appeal_rulings import Ruling
from inspection.services.appeals.appeal_threads import Opinion, advise_appeal
from inspection.services.appeals.appeals import Filed, Filing, file_appeal
from inspection.services.appeals.attachments import Files
from inspection.services.notices.notices import notice_of
from inspection.services.tools import Tools
from tests.cast import CHEN, GUO, PROVINCE, WANG, Person
from tests.reviewing import an_issued

SAID = "擦鞋机当天在二楼贵宾室，一楼大厅照片拍不到。"
ADVISED = "建议支持，标准未写明二楼是否计入。"
REASON = "评分标准未写明二楼贵宾室是否计入，按有利于门店处理。"

HE = Person(sign_in="he", name="何雅琴", role=Role.REVIEWER, region=PROVINCE)
"""A reviewer who had no part in anything; an account of her own has to be made."""

PDF = (
    b"%PDF-1.7\n"
    b"1 0 obj\n"
    b"<< /Type /Catalog /Pages 2 0 R >>\n"
    b"endobj\n"
    b"2 0 obj\n"
    b"<< /Type /Pages /Kids [] /Count 0 >>\n"
    b"endobj\n"
    b"xref\n"
    b"0 3\n"
    b"0000000000 65535 f \n"
    b"0000000009 00000 n \n"
    b"0000000058 00000 n \n"
    b"trailer\n"
    b"<< /Size 3 /Root 1 0 R >>\n"
    b"startxref\n"
    b"110\n"
    b"%%EOF\n"
)


async def a_delivered(tools: Tools, name: str = "first", staff: Person = CHEN, **parts: Any) -> str:
    """A notice its store has opened; its id."""
    signed = await an_issued(tools, name, **parts)
    await notice_of(tools, staff.actor, signed.id)
    return signed.id


async def filed(tools: Tools, notice: str, line: int = 1, by: Person = CHEN, **parts: Any) -> Filed:
    """An appeal against a line."""
    fields = {"ground": Ground.FACTS, "text": SAID} | parts
    return await file_appeal(tools, by.actor, Filing(notice=notice, line=line, **fields))


async def an_appeal(tools: Tools, name: str = "first", line: int = 1, **parts: Any) -> str:
    """An appeal against a line of a delivered notice; its id."""
    notice = await a_delivered(tools, name, **parts)
    return (await filed(tools, notice, line)).id


async def advised(
    tools: Tools, appeal: str, advice: Advice = Advice.UPHOLD, by: Person = WANG
) -> None:
    """The region's opinion on it."""
    await advise_appeal(tools, by.actor, appeal, Opinion(advice=advice, text=ADVISED))


async def decided(
    tools: Tools,
    appeal: str,
    verdict: AppealMove = AppealMove.UPHOLD,
    by: Person = GUO,
    **parts: Any,
) -> Outcome:
    """A decision on it."""
    fields = {"reason": REASON} | parts
    return await decide_appeal(tools, by.actor, appeal, Ruling(verdict=verdict, **fields))


def papers(*documents: str, photos: tuple[str, ...] = ()) -> Files:
    """Files by what they are called here."""
    return Files(documents=documents, photos=photos)


async def decided_later(tools, appeal):
    await advised(tools, appeal)
    await decided(tools, appeal, AppealMove.REJECT)
