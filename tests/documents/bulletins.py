"""An issue of the bulletin to print: everything in it, overridden by keyword."""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
from msgspec import UNSET

from inspection.domain.bulletins.bulletin import Period
from inspection.domain.bulletins.bulletin_ranking import (
    Exposed,
    GapPart,
    LostItem,
    PlacedStore,
    PlacedUnit,
    RankingPart,
    SectionFigure,
    SectionGap,
    UnitGap,
)
from inspection.domain.bulletins.bulletin_share import Share
from inspection.domain.bulletins.bulletin_snapshot import (
    BulletinSnapshot,
    CasePart,
    ChainMark,
    ComplaintPart,
    ComplaintRow,
    LatePlace,
    PeriodFigures,
    RectificationPart,
    UnitRectification,
    sealed,
)
from inspection.domain.points import Hundredths

TITLES = ("环境", "VI", "设施", "资料", "跨区", "仪表", "仪态")
FULL = (2000, 2000, 2100, 400, 1000, 1000, 1500)
SCORES = (2000, 1950, 1300, 200, 1000, 1000, 1500)
CITIES = ("兰州", "天水", "白银", "金昌", "武威", "张掖", "酒泉", "庆阳", "定西", "陇南", "临夏")
HASH = "9f" * 32


def a_part(**more: Any) -> RankingPart:
    """A kind of store: the customer clubs of the golden scorecard."""
    sections = tuple(
        SectionFigure(
            title=t, stores=22, full=Hundredths(f), score=Hundredths(s), lost=Hundredths(f - s)
        )
        for t, f, s in zip(TITLES, FULL, SCORES, strict=True)
    )
    part = RankingPart(
        store_kind="客户俱乐部",
        full=Hundredths(10000),
        average=Hundredths(8950),
        lost=Hundredths(1050),
        change=Hundredths(70),
        comparable=True,
        line=Hundredths(9000),
        coverage=Share(part=22, whole=28),
        passed=Share(part=13, whole=22),
        vetoed=Share(part=1, whole=22),
        sections=sections,
        units=tuple(
            PlacedUnit(
                rank=n if n < 10 else None,
                name=city,
                average=Hundredths(9500 - 50 * n) if n < 11 else None,
                movement=(None, 0, 2, -1)[n % 4],
                change=None if n == 3 else Hundredths(30),
                coverage=Share(part=2, whole=2),
                passed=Share(part=1, whole=2),
                vetoed=Share(part=0, whole=2),
            )
            for n, city in enumerate(CITIES, 1)
        ),
        best=tuple(_store(n, "云汀路客户俱乐部") for n in range(1, 6)),
        worst=tuple(_store(n, "") for n in range(18, 23)),
        items=(
            LostItem(
                code="KC-F-01",
                title="手机加油站",
                section="服务设施",
                lost=Hundredths(3150),
                stores=Share(part=14, whole=22),
                permille=160,
            ),
        ),
        gaps=a_gap_part(),
        exposed=(
            Exposed(
                name="云汀路客户俱乐部",
                region="兰州",
                item="手机加油站",
                problem="现场只剩支架（设备送修）。",
                lost=Hundredths(300),
            ),
        ),
    )
    return msgspec.structs.replace(part, **more)


def a_gap_part() -> GapPart:
    """The five gaps of the source text, and those of two cities."""
    both = (
        *(("网络", 7173, 8720), ("俱乐部", 7910, 8940), ("热线", 7929, 8600)),
        *(("营业厅", 7835, 8430), ("投诉", 6299, 5770)),
    )
    lines = tuple(_gap(title, 10000, ours, theirs) for title, ours, theirs in both)
    return GapPart(
        kind="named",
        who="天水",
        whole=_gap("", 50000, 37146, 40460),
        sections=lines,
        units=(
            UnitGap(
                name="白银",
                gap=Hundredths(-3314),
                sections=tuple(line.gap for line in lines),
            ),
            UnitGap(name="天水", gap=Hundredths(0), sections=(Hundredths(0),) * 4 + (None,)),
        ),
    )


def a_bulletin_snapshot(**more: Any) -> BulletinSnapshot:
    """A whole issue, sealed."""
    figures = PeriodFigures(
        notices=8,
        lines=22,
        answered=Share(part=19, whole=22),
        verified=Share(part=15, whole=18),
        reached=Share(part=11, whole=12),
        content=Share(part=10, whole=11),
    )
    whole = UnitRectification(
        name="",
        lines=22,
        answered=Share(part=19, whole=22),
        verified=Share(part=15, whole=18),
        late_lines=3,
        late_stores=2,
        late_hours=57,
    )
    late = LatePlace(region="兰州", name="城关区", lines=3, hours=57, longest=30)
    snapshot = BulletinSnapshot(
        language="zh-CN",
        number="甘移服整报〔2026〕47号",
        issue=47,
        issuer="陇原通信有限公司服务质量部",
        region="甘肃",
        kind="week",
        period=Period(first=date(2026, 11, 16), last=date(2026, 11, 22)),
        round_name="2026年第四季度暗访",
        previous_name="2026年第三季度暗访",
        published_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        taken_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        preface=("盯紧超时项，件件有回音。",),
        closing=("三家待审核门店本周内出分。",),
        rankings=(a_part(),),
        rectification=RectificationPart(
            days=figures,
            month=figures,
            year=figures,
            year_before=figures,
            units=tuple(msgspec.structs.replace(whole, name=city) for city in CITIES),
            whole=whole,
            first_time=Share(part=83, whole=88),
            late_counties=(late,),
            late_stores=(msgspec.structs.replace(late, name="云汀路客户俱乐部"),),
        ),
        vetoes=Share(part=1, whole=31),
        complaints=a_complaint_part(),
        chain=ChainMark(seq=1804, hash=HASH),
    )
    return sealed(msgspec.structs.replace(snapshot, **more))


def a_complaint_part() -> ComplaintPart:
    """Two channels and a city."""
    hotline = ComplaintRow(name="热线", days=5, month=14, year=163, year_before=188)
    return ComplaintPart(
        channels=(hotline, msgspec.structs.replace(hotline, name="营业厅")),
        units=(msgspec.structs.replace(hotline, name="兰州"),),
        whole=msgspec.structs.replace(hotline, name="", days=10),
    )


def a_case(before: str, after: str) -> CasePart:
    """A case with these photos."""
    return CasePart(
        title="手机加油站",
        section="服务设施",
        store_kind="客户俱乐部",
        problem="现场只剩支架。",
        cause="",
        measure="已取回装好，6 个接口可用。",
        prevention="列入每日巡检表。",
        hours_taken=8,
        before=before,
        after=after,
    )


def _gap(title: str, full: int, ours: int, theirs: int) -> SectionGap:
    return SectionGap(
        title=title,
        full=Hundredths(full),
        ours=Hundredths(ours),
        theirs=Hundredths(theirs),
        gap=Hundredths(ours - theirs),
    )


def _store(rank: int, name: str) -> PlacedStore:
    return PlacedStore(
        rank=rank,
        name=name,
        region="兰州",
        score=Hundredths(9750 - 50 * rank),
        movement=-1 if rank == 2 else 1,
        change=Hundredths(-50),
        weakest="设施" if rank != 22 else "",
        weakest_lost=Hundredths(650),
        vetoed=rank == 22 or UNSET,
    )
