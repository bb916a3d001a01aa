"""The numbers of the source text as published results: the club of 2010, and the five gaps."""

from typing import Any

from inspection.persistence.statements import run
from inspection.services.tools import Tools
from tests.cast import CHENGGUAN, QINZHOU, ROUND
from tests.rankable import Result, published
from tests.rescoring import another_version

CARD = {
    "KC-E": (2000, 2000),
    "KC-V": (2000, 1950),
    "KC-F": (2100, 1300),
    "KC-M": (400, 200),
    "KC-X": (1000, 1000),
    "KC-A": (1000, 1000),
    "KC-D": (1500, 1500),
}
"""Year-end 2010: 89.5 of 100."""

OURS = {"NET": 7173, "CMP": 6299, "HALL": 7835, "CALL": 7929, "CLUB": 7910}
PEER = {"NET": 8720, "CMP": 5770, "HALL": 8430, "CALL": 8600, "CLUB": 8940}
TITLES = {"NET": "网络", "CMP": "投诉", "HALL": "营业厅", "CALL": "热线", "CLUB": "俱乐部"}


async def the_club(tools: Tools) -> None:
    """The club with its 89.5 and one that lost nothing."""
    full = {code: (marks, marks) for code, (marks, _) in CARD.items()}
    await published(
        tools,
        Result(store="KC", total=8950, sections=CARD, region=CHENGGUAN),
        Result(store="BEST", total=10_000, sections=full, region=QINZHOU),
    )


async def the_two_branches(tools: Tools) -> None:
    """Two branches by five indicators out of a hundred each."""
    # Nothing else is expected of the round: a unit needs eight in ten of its stores for a place.
    await run("UPDATE assignment SET state = 'cancelled'")
    digest = await another_version(tools, five_indicators, "2010")
    await run(
        "UPDATE round_rubric SET rubric_version = ? WHERE id = ?", digest, f"{ROUND}-customer_club"
    )
    for store, scores, region in (("OURS", OURS, CHENGGUAN), ("PEER", PEER, QINZHOU)):
        sections = {code: (10_000, points) for code, points in scores.items()}
        total = sum(scores.values())
        await published(tools, Result(store=store, total=total, sections=sections, region=region))


def five_indicators(tree: dict[str, Any]) -> None:
    """The rubric with five sections of a hundred marks instead of its own."""
    pattern = tree["sections"][0]["items"][0]
    tree["sections"] = [
        {
            "code": code,
            "key": code.lower(),
            "title": {"zh": title, "en": title},
            "short": {"zh": title, "en": title},
            "full": "100",
            "items": [{**pattern, "code": f"{code}-01", "full": "100"}],
        }
        for code, title in TITLES.items()
    ]
    tree["full"] = "500"
    tree["bands"][0]["ceiling"] = "500"
