"""Nothing outside the reader's part of the tree changes a byte of an analysis, whatever it is."""

from itertools import count

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspection.services.analyses.calibrations import calibration_page, reckon_judgements
from inspection.services.analyses.heat import heat_page
from inspection.services.analyses.self_checks import self_checks_page
from inspection.services.analyses.visit_index import index_page
from inspection.services.bulletins.bulletins import bulletin_of
from inspection.services.rankings.unit_results import UnitsAsked
from tests.cast import ANNING, CHENGGUAN, QINZHOU, REGION_PATHS, ROUND, SUN, TIANSHUI, ZHAO
from tests.rankable import Result, published
from tests.reporting import a_bulletin
from tests.services.analyses.comparing import a_round

SELF, PEER = "2026-10S", "2026-10P"
ASKED = UnitsAsked(store_kind="customer_club")
NO_LINK = {"seq": 0, "hash": ""}

outside = st.lists(
    st.builds(
        Result,
        store=st.sampled_from(["far-1", "far-2", "far-3"]),
        total=st.integers(0, 100).map(lambda points: 100 * points),
        round=st.sampled_from([ROUND, SELF, PEER]),
        region=st.sampled_from([CHENGGUAN, ANNING]),
        outcome=st.sampled_from(["pass", "vetoed"]),
        rankable=st.booleans(),
        major=st.integers(0, 2),
        items=st.dictionaries(st.sampled_from(["KC-E-01", "KC-F-01"]), st.integers(1, 300)),
    ),
    min_size=1,
    max_size=4,
)


async def read(tools, bulletin: str) -> dict[str, bytes]:
    """Every view as somebody of Tianshui reads it."""
    reviewer = msgspec.structs.replace(SUN.actor, region_path=REGION_PATHS[TIANSHUI])
    issue = msgspec.to_builtins((await bulletin_of(tools, ZHAO.actor, bulletin)).said)
    # The link of the log is the one thing that goes on with everything that happens.
    found = {
        "heat": await heat_page(ZHAO.actor, ASKED),
        "self checks": await self_checks_page(ZHAO.actor, ASKED),
        "index": await index_page(ZHAO.actor, ASKED, {}),
        "calibration": await calibration_page(reviewer, ASKED),
        "bulletin": issue | {"chain": NO_LINK},
    }
    return {name: msgspec.json.encode(view) for name, view in found.items()}


async def some_of_our_own(tools) -> str:
    """Results of Tianshui in three rounds, and a draft of its bulletin."""
    await a_round(SELF, "self_check")
    await a_round(PEER, "peer_check")
    await published(
        tools,
        *(
            Result(store=f"own-{n}", total=9000 + n, round=code, region=QINZHOU, items=items)
            for code in (ROUND, SELF, PEER)
            for n, items in enumerate(({"KC-F-01": 300}, {"KC-E-01": 100}, {}))
        ),
    )
    return await a_bulletin(tools, ZHAO)


@pytest.fixture
async def known(province):
    """The province with what was read before anything happened elsewhere."""
    bulletin = await some_of_our_own(province)
    return province, bulletin, await read(province, bulletin), count()


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(results=outside)
async def test_nothing_outside_the_own_part_changes_a_byte(known, results):
    tools, bulletin, before, numbers = known
    await published(
        tools,
        *(msgspec.structs.replace(each, store=f"{each.store}-{next(numbers)}") for each in results),
    )
    assert await read(tools, bulletin) == before
    await reckon_judgements(1000)
    assert await read(tools, bulletin) == before
