"""What is kept beside the rounds, and the same from the rows alone: one must be the other."""

import msgspec

from inspection.domain.analyses.calibration import by_item
from inspection.domain.analyses.self_check import added
from inspection.persistence.analyses import calibrations, self_checks
from inspection.persistence.rankings.ranking_facts import Stores
from inspection.persistence.statements import run
from inspection.services.analyses.calibrations import reckon_judgements

KINDS = ("customer_club", "storefront")


async def judgements_kept(*, stale: bool = True) -> None:
    """What inspectors took off, as it is kept and as the visits say. Afterwards nothing is stale:
    the next change has to make it so.
    """
    rounds = [row["id"] for row in await run("SELECT id FROM round")]
    paths = [row["path"] for row in await run("SELECT DISTINCT region_path AS path FROM standing")]
    for of in _lists(rounds):
        kept = await calibrations.judgements(of, None)
        counted = await calibrations.judged_in_visits(of, paths) if paths else {}
        assert {path: by_item([each]) for path, each in kept.items() if each} == {
            path: by_item([each]) for path, each in counted.items()
        }
    if stale:
        await reckon_judgements(1000)
        assert await reckon_judgements(1000) == 0
        await judgements_kept(stale=False)


async def pairs_kept() -> None:
    """Pairs of any two rounds, from what counties come to and store by store."""
    rounds = [row["id"] for row in await run("SELECT id FROM round")]
    paths = [row["path"] for row in await run("SELECT DISTINCT region_path AS path FROM standing")]
    for own in rounds:
        for seen in _lists(rounds):
            if own == seen.round or not paths:
                continue
            whole = await self_checks.pairs(own, seen, None)
            one_by_one = await self_checks.pairs(own, seen, sorted(paths))
            assert {path: _said(each) for path, each in whole.items()} == {
                path: _said(each) for path, each in one_by_one.items()
            }


def _lists(rounds: list[str]) -> list[Stores]:
    return [
        Stores(round_id, kind, ownership)
        for round_id in rounds
        for kind in KINDS
        for ownership in ("", "own", "partner")
    ]


def _said(pairs: object) -> object:
    # The same items, in one order, and none that cost nothing.
    return msgspec.json.encode(added([pairs]))
