"""What tests of re-scoring do over and over: another version, a dry run, the writing of it."""

import tomllib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import tomli_w

from inspection.domain.refusals import RescoreRefused
from inspection.domain.rubrics.rubric_digest import digest
from inspection.jobs.rescore import TRY, WRITE, run_rescore
from inspection.persistence import jobs
from inspection.persistence.rescores import rescores
from inspection.persistence.rescores.rescores import RescoreFound
from inspection.persistence.statements import run
from inspection.services.rescores.rescores import ask_rescore, confirm_rescore
from inspection.services.rubrics.rubrics import publish_rubric
from inspection.services.tools import Tools
from tests.cast import CLUB, CLUB_VERSION, GUO, LI, ROUND, Person
from tests.makers import SCORECARDS
from tests.reviewing import a_visit, another_assignment, approve
from tests.submissions import rubric_in

REASON = "按省公司 2026 年 11 号文调整扣分"

Rewrite = Callable[[dict[str, Any]], None]

GUO_OF_LANZHOU = msgspec.structs.replace(GUO, region="620100")


def item_in(tree: dict[str, Any], code: str) -> dict[str, Any]:
    """An item of a rubric file."""
    return next(
        item for section in tree["sections"] for item in section["items"] if item["code"] == code
    )


def dearer(tree: dict[str, Any]) -> None:
    """Every spot before the door costs two points instead of one."""
    item_in(tree, "KC-E-01")["rule"]["each"] = "2"


def another_item(tree: dict[str, Any]) -> None:
    """One item more, which nobody was asked about."""
    section = tree["sections"][0]
    first = section["items"][0]
    first["full"] = "2"
    section["items"].append(first | {"code": "KC-E-99", "full": "1"})


async def another_version(
    tools: Tools, rewrite: Rewrite = dearer, edition: str = "2026a", code: str = CLUB_VERSION
) -> str:
    """Publish a rubric once more with something changed; the digest."""
    tree = tomllib.loads((SCORECARDS / f"{code}.toml").read_text(encoding="utf-8"))
    rewrite(tree)
    tree["edition"] = edition
    return (await publish_rubric(tools, tomli_w.dumps(tree).encode(), None)).digest


def first_version(code: str = CLUB_VERSION) -> str:
    """The digest of the version the round began with."""
    return digest(rubric_in(code))


async def work(tools: Tools, *kinds: str) -> int:
    """Do the jobs that wait; how many there were."""
    done = 0
    while claimed := await jobs.claim(tools.now(), timedelta(minutes=5), kinds or (TRY, WRITE), 1):
        for job in claimed:
            await run_rescore(tools, job)
            await jobs.finish(job, tools.now())
            done += 1
    return done


async def tried(
    tools: Tools, to_version: str, by: Person = GUO, from_version: str | None = None
) -> str:
    """A dry run that is over; the id of the re-score."""
    before = from_version or first_version()
    rescore = await ask_rescore(tools, by.actor, ROUND, before, to_version)
    await work(tools, TRY)
    return rescore


async def written(tools: Tools, to_version: str, by: Person = GUO, **more: str) -> str:
    """A re-score that is over; its id."""
    rescore = await tried(tools, to_version, by, **more)
    await confirm(tools, rescore, by)
    await work(tools, WRITE)
    return rescore


async def confirm(tools: Tools, rescore: str, by: Person = GUO, reason: str = REASON) -> None:
    """Confirm the dry run as it is."""
    await confirm_rescore(tools, by.actor, rescore, reason, (await found(rescore)).digest)


async def found(rescore: str) -> RescoreFound:
    """The re-score as it stands."""
    known = await rescores.find_rescore(rescore)
    assert known is not None
    return known


async def published(tools, name="first", **parts):
    """A visit that counts and the notice it gave."""
    visit = await a_visit(tools, name, **parts)
    return visit, (await approve(tools, visit)).notice


async def several(tools, *losses):
    """Visits to one club, published, with what each lost."""
    visits = []
    for number, lost in enumerate(losses):
        assignment = await another_assignment(tools, LI, CLUB, f"{number}")
        visits.append(await a_published(tools, f"{number}", assignment=assignment, losses=lost))
    return visits


async def endings(rescore):
    """What became of each card."""
    rows = await run("SELECT * FROM rescore_line WHERE rescore = ?", rescore)
    return {row["visit"]: (row["fate"], row["revision"]) for row in rows}


async def a_published(tools, name="first", **parts):
    """The id of a visit that counts."""
    return (await published(tools, name, **parts))[0]


async def faults_of(tools, before, after, code=ROUND):
    with pytest.raises(RescoreRefused) as refused:
        await ask_rescore(tools, GUO.actor, code, before, after)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]
