"""How many lines were mended at the first reply."""

from collections import Counter

import msgspec

from inspection.domain.org.region_path import branch_of
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications.line_counts import ISSUED
from inspection.persistence.statements import run


class PassRate(msgspec.Struct, frozen=True, kw_only=True):
    """Of the lines that were verified, how many were at the first reply; by branch."""

    branch_path: str
    first: int
    verified: int


async def pass_rates(scope: Scope, round_id: str = "") -> tuple[PassRate, ...]:
    """The rates of every branch in a part of the tree."""
    condition, values = scope.where("n.region_path")
    by_round = " AND n.round = ?" if round_id else ""
    rows = await run(
        "SELECT n.region_path, CAST(sum(n.verified) AS BIGINT) AS verified,"
        " CAST(sum(n.verified_first) AS BIGINT) AS first FROM notice n"
        f" WHERE n.state IN ({ISSUED}) AND n.verified > 0{condition}{by_round}"
        " GROUP BY n.region_path",
        *values,
        *((round_id,) if round_id else ()),
    )
    # A branch is never moved, so a county's path names the branch of then.
    first, verified = Counter[str](), Counter[str]()
    for row in rows:
        branch = branch_of(str(row["region_path"]))
        first[branch] += int(row["first"])
        verified[branch] += int(row["verified"])
    return tuple(
        PassRate(branch_path=branch, first=first[branch], verified=verified[branch])
        for branch in sorted(verified)
    )
