"""Notices drawn up from whole visits: the golden replay unless a test says otherwise."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from inspection.domain.notices import notice_line
from inspection.domain.notices.notice import NoticeSnapshot, NoticeStore
from inspection.domain.notices.notice_draft import Matter, draft
from inspection.domain.notices.notice_letter import Letter
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.answers import Answers
from inspection.domain.scoring.scoring import score
from inspection.domain.visits.published_visit import PublishedFinding, PublishedPhoto, publish
from inspection.wording import Language, catalogue
from tests.domain.sheets import KC, loss, sheet

ARRIVED = datetime(2026, 11, 18, 6, 5, 33, tzinfo=UTC)
ISSUED = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)
EVERYTHING = frozenset(KC.features())

NOTES = {
    "KC-V-06": {"count": 1, "note": "促销横幅手写改价，贴在门楣“客户俱乐部”标牌右侧"},
    "KC-F-01": {"option": "not_provided", "note": "墙面仅剩支架，店员称设备已送修"},
    "KC-F-02": {"option": "not_provided", "note": ""},
    "KC-F-03": {"option": "not_provided", "note": "洽谈区电脑桌上无主机"},
    "KC-M-01": {"count": 1, "note": "资料架第二、三层"},
    "KC-M-02": {"count": 1, "note": "公示栏仍张贴“2024 年活动”海报。"},
}


def golden_answers() -> Answers:
    """The golden replay with the words an inspector would add."""
    return sheet(KC, *(loss(item, **found) for item, found in NOTES.items()))


def print_sha(item: str) -> str:
    """A stand-in for the digest of an item's print copy."""
    return hashlib.sha256(item.encode()).hexdigest()


def a_letter(language: Language = Language.ZH, **changed: object) -> Letter:
    words, zh = catalogue(language), language is Language.ZH
    letter = Letter(
        language=language.value,
        issuer="陇原通信有限公司服务质量部" if zh else "Longyuan Communications, Service Quality",
        store=NoticeStore(
            code="GS-LZ-0137",
            name="云汀路客户俱乐部" if zh else "Yunting Road Club",
            kind=words["paper.store_kind.customer_club"],
            unit="城关分公司" if zh else "Chengguan branch",
            region="甘肃 / 兰州 / 城关区" if zh else "Gansu / Lanzhou / Chengguan",
        ),
        round_name="2026年第四季度客户俱乐部暗访" if zh else "Customer clubs, 2026 Q4",
        round_code="2026-Q4",
        previous_score=9100,
        rank=12,
        ranked=28,
        benchmark_gap=-650,
        cc="城关分公司经理室、渠道中心。" if zh else "Chengguan branch office, channel centre.",
        drafted_by="周敏" if zh else "Zhou Min",
        signed_by="王建国" if zh else "Wang Jianguo",
        verify_url="https://mingcha.example.cn/verify/Zk3vQ9mT4xR7c2Lw",
        reply_url="https://mingcha.example.cn/notices/b7e1",
    )
    return msgspec.structs.replace(letter, **changed)


def a_matter(
    language: Language = Language.ZH,
    *,
    rubric: Rubric = KC,
    answers: Answers | None = None,
    kind: str = "mystery_visit",
    disclose_day: bool = False,
    photographed: Sequence[str] = (),
    features: frozenset[str] = EVERYTHING,
    arrived: datetime = ARRIVED,
) -> Matter:
    """A visit scored, cut down to what may be told, its losses made into lines."""
    answers = answers or golden_answers()
    card = score(rubric, answers, features)
    by_item = {answer.item: answer for answer in answers.items}
    findings = tuple(
        PublishedFinding(
            item=found.item,
            problem=notice_line.problem(
                rubric.item(found.item), by_item[found.item], language, catalogue(language)
            ),
            photos=tuple(
                PublishedPhoto(sha256=print_sha(item))
                for item in photographed
                if item == found.item
            ),
        )
        for found in card.items
        if found.lost
    )
    visit = publish(kind, arrived, findings, disclose_day=disclose_day)
    return Matter(
        scorecard=card,
        rubric=rubric,
        visit=visit,
        lines=notice_line.lines(card, rubric, visit, language),
    )


def a_notice(
    matter: Matter | None = None,
    letter: Letter | None = None,
    *,
    language: Language = Language.ZH,
    number: str = "甘移服整〔2026〕1号",
) -> NoticeSnapshot:
    return draft(
        matter or a_matter(language),
        letter or a_letter(language),
        number=number,
        issued_at=ISSUED,
        words=catalogue(language),
    )
