"""A round with results."""

import pytest

from tests.cast import ANNING, EARLIER_ROUND, QINZHOU
from tests.rankable import Result, expected, published
from tests.web.pages.rankings.ranked_stores import A, B, C, D


@pytest.fixture
async def ranked(app, tools):
    """Two at the top, two level, one vetoed; three of them were there last round."""
    await published(
        tools,
        Result(store=A, total=9000, round=EARLIER_ROUND),
        Result(store=B, total=9500, round=EARLIER_ROUND),
        Result(store=C, total=8000, round=EARLIER_ROUND, region=ANNING),
        Result(store=A, total=9700, items={"KC-E-01": 300}),
        Result(store=B, total=9000, items={"KC-F-03": 600, "KC-E-01": 100}),
        Result(store=C, total=9000, region=ANNING),
        Result(store=D, total=8600, region=QINZHOU),
        Result(store="TS-1002", total=9900, outcome="vetoed", region=QINZHOU),
    )
    await expected(("LZ-1009", "submitted"), ("LZ-1010", "open"))
