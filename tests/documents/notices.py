"""A notice to print: valid defaults, overridden by keyword. Photos are drawn, not taken."""

import hashlib
import io
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

from inspection.domain import deadline
from inspection.domain.notices.notice import (
    NoticeLine,
    NoticePhoto,
    NoticeSnapshot,
    NoticeStore,
    SectionRow,
    sealed,
)
from inspection.domain.notices.notice_letter import Letter, demands, disposals, signers
from inspection.domain.points import plain, total
from inspection.wording import Language, catalogue

ISSUED = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)
CATALOGUES = {language.value: catalogue(language) for language in Language}
FINDINGS = tomllib.loads(Path(__file__).with_name("findings.toml").read_text(encoding="utf-8"))[
    "finding"
]
SECTIONS = {
    "zh": ("环境评价", "VI标识", "服务设施", "资料摆放", "跨区服务", "人员仪表", "人员仪态"),
    "en": (
        *("Environment", "VI signage", "Service facilities", "Material display"),
        *("Cross-region service", "Staff appearance", "Staff deportment"),
    ),
}
FULL = (2000, 2000, 2100, 400, 1000, 1000, 1500)
EARNED = (2000, 1950, 1300, 200, 1000, 1000, 1500)
SAID = {
    "zh": {
        "store": "云汀路客户俱乐部",
        "unit": "城关分公司",
        "region": "甘肃 / 兰州 / 城关区",
        "issuer": "陇原通信有限公司服务质量部",
        "round": "2026年第四季度客户俱乐部暗访",
        "rubric": "客户俱乐部暗访评分表",
        "cc": "城关分公司经理室、市场经营部、渠道中心。",
        "drafted_by": "周敏",
    },
    "en": {
        "store": "Yunting Road Club",
        "unit": "Chengguan branch",
        "region": "Gansu / Lanzhou / Chengguan",
        "issuer": "Longyuan Communications, Service Quality",
        "round": "Customer clubs, 2026 Q4",
        "rubric": "Customer club covert scorecard",
        "cc": "Chengguan branch office, channel centre.",
        "drafted_by": "Zhou Min",
    },
}


@cache
def jpeg(seed: int, size: tuple[int, int] = (960, 720)) -> bytes:
    """A print copy: a shaded room with a few shapes in it, no metadata."""
    width, height = size
    picture = Image.new("RGB", size, (196, 198, 200))
    draw = ImageDraw.Draw(picture)
    for y in range(height):
        shade = 150 + 70 * y // height
        draw.line((0, y, width, y), fill=(shade, shade, shade + 6 + seed % 9))
    draw.polygon(
        [(0, height), (width // 5, height * 2 // 3), (width * 4 // 5, height * 2 // 3), size],
        fill=(150, 128 + seed % 20, 110),
    )
    for n in range(4 + seed % 3):
        left, top = 140 + n * 120, 200 + (seed * 37 + n * 53) % 160
        hue = (seed * 40 + n * 15) % 160
        draw.rectangle((left, top, left + 84, 560), fill=(30 + hue, 90 + n * 12, 170))
    # Grain as a camera leaves it, so that the file weighs what a photo of this size weighs.
    grain = Image.effect_noise(size, 26).convert("RGB")
    out = io.BytesIO()
    Image.blend(picture, grain, 0.06 + seed * 1e-6).save(out, "JPEG", quality=72)
    return out.getvalue()


def photos(n: int) -> dict[str, bytes]:
    """Distinct photos by their SHA-256."""
    return {hashlib.sha256(jpeg(seed)).hexdigest(): jpeg(seed) for seed in range(n)}


def a_line(no: int, language: str = "zh-CN", shas: Sequence[str] = (), first: int = 1, **changed):
    words, finding = CATALOGUES[language], FINDINGS[(no - 1) % len(FINDINGS)]
    due_at = deadline.due_at(ISSUED, finding["hours"])
    said = finding[language[:2]]
    line = NoticeLine(
        no=no,
        item=finding["item"],
        item_title=said["title"],
        section_title=SECTIONS[language[:2]][finding["section"]],
        severity=finding["severity"],
        severity_word=words[f"paper.severity.{finding['severity']}"],
        problem=said["problem"],
        standard=said["standard"],
        lost=total(-finding["lost"]),
        lost_hundredths=finding["lost"],
        requirement=said["requirement"],
        responsible="",
        hours=finding["hours"],
        allowed=deadline.allowed(finding["hours"], words),
        due_at=due_at,
        due=deadline.at_hour(due_at, words, beside=ISSUED),
        photos=tuple(
            NoticePhoto(figure=figure, sha256=sha, caption="")
            for figure, sha in enumerate(shas, first)
        ),
    )
    return msgspec.structs.replace(line, **changed)


def lines(n: int, language: str = "zh-CN", shas: Sequence[str] = ()) -> tuple[NoticeLine, ...]:
    """`n` lines sharing the photos out evenly, in order."""
    made, first = [], 1
    for no in range(1, n + 1):
        mine = shas[(no - 1) * len(shas) // n : no * len(shas) // n]
        made.append(a_line(no, language, mine, first))
        first += len(mine)
    return tuple(made)


def a_row(title: str, full: int, earned: int | None) -> SectionRow:
    return SectionRow(
        title=title,
        full=plain(full),
        score="—" if earned is None else total(earned),
        lost="—" if earned is None else total(earned - full),
        full_hundredths=full,
        score_hundredths=earned,
        lost_hundredths=0 if earned is None else full - earned,
        rate_permille=None if earned is None else earned * 1000 // full,
    )


def rows(language: str = "zh-CN") -> tuple[SectionRow, ...]:
    return tuple(map(a_row, SECTIONS[language[:2]], FULL, EARNED))


def a_snapshot(
    n: int = 6, *, shas: Sequence[str] = (), language: str = "zh-CN", **changed: object
) -> NoticeSnapshot:
    """The customer club of the year-end scorecard: 89.5 of 100, lost 10.5."""
    words, said = CATALOGUES[language], SAID[language[:2]]
    made = lines(n, language, shas)
    due = sorted(line.due_at for line in made) or [deadline.due_at(ISSUED, 168)]
    first_due, last_due = (deadline.at_hour(at, words, beside=ISSUED) for at in (due[0], due[-1]))
    store = NoticeStore(
        code="GS-LZ-0137",
        name=said["store"],
        kind=words["paper.store_kind.customer_club"],
        unit=said["unit"],
        region=said["region"],
    )
    letter = Letter(
        language=language,
        issuer=said["issuer"],
        store=store,
        round_name=said["round"],
        round_code="2026-Q4",
        cc=said["cc"],
        drafted_by=said["drafted_by"],
        verify_url="https://mingcha.example.cn/n/Zk3vQ9mT4xR7c2Lw",
        reply_url="https://mingcha.example.cn/n/Zk3vQ9mT4xR7c2Lw/reply",
    )
    visited = deadline.in_week(2026, 47, words)
    snapshot = NoticeSnapshot(
        language=language,
        number="甘移服整〔2026〕1号",
        title=words["paper.title"],
        issuer=letter.issuer,
        issued_at=ISSUED,
        issued_on=deadline.on_day(ISSUED, words),
        store=store,
        round_name=letter.round_name,
        round_code=letter.round_code,
        rubric_title=said["rubric"],
        rubric_edition="2026",
        visit_kind=words["paper.kind.mystery_visit"],
        covert=True,
        visited=visited,
        basis=words["paper.basis"].format(
            rubric=said["rubric"],
            edition="2026",
            round=said["round"],
            visited=visited,
            kind=words["paper.did.mystery_visit"],
        ),
        score="89.5",
        full="100",
        lost="−10.5",
        raw="89.5",
        outcome="",
        notes=(),
        score_hundredths=8950,
        full_hundredths=10000,
        lost_hundredths=1050,
        previous_score="91.0",
        rank="12 / 28",
        benchmark_gap="−6.5",
        sections=rows(language),
        lines=made,
        first_due=first_due,
        last_due=last_due,
        report_back_at=due[-1],
        disposals=disposals(letter, words),
        demands=demands(letter, last_due, words),
        cc=letter.cc,
        signers=signers(letter, words),
        verify_url=letter.verify_url,
        reply_url=letter.reply_url,
    )
    return sealed(msgspec.structs.replace(snapshot, **changed))
