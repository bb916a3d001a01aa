"""One of everything, in every place: what the routes are driven against. A new noun whose routes
name it in their path adds a function here and its line in `MAKERS`.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from inspection.domain.access import Role
from inspection.domain.refusals import AssignmentCancelled
from inspection.persistence.statements import run
from inspection.services.accounts import disable_account
from inspection.services.notice_prints import keep_print
from inspection.services.rubric_drafts import start_draft
from inspection.services.rubric_photos import add_rubric_photo
from inspection.services.tools import Tools
from tests.cast import (
    ANNING,
    ANNING_HALL,
    CHENGGUAN,
    CLUB,
    GUO,
    LANZHOU,
    LI,
    MA,
    QINZHOU,
    QINZHOU_CLUB,
    TIANSHUI,
    WANG,
    ZHAO,
    Person,
)
from tests.drafting import PHONE, send_draft
from tests.importing import BAD, checked
from tests.makers import an_account
from tests.planned import a_plan
from tests.receiving import rows_of, send
from tests.rescoring import another_version, tried
from tests.reviewing import a_visit, an_issued, another_assignment, send_photo, visit_id
from tests.rounding import a_draft, a_schedule
from tests.submissions import a_photo, a_submission, rubric_in, sha256_of
from tests.web.scope.places import ADMIN, QC, SIGNER, Reach, Thing, Where

NOBODYS = "00000000-0000-7000-8000-00000000dead"
NO_DIGEST = "f" * 64

HERE: dict[Where, tuple[Person, str, str]] = {
    Where.OWN: (LI, CLUB, "KC-M-01"),
    Where.OTHER_STORE: (MA, ANNING_HALL, "KH-E-01"),
    Where.OTHER_REGION: (MA, QINZHOU_CLUB, "KC-M-01"),
}
"""Who visits which store and finds which item wanting, by where the store is."""

Places = dict[Where, dict[str, str]]


async def visits(tools: Tools) -> Thing:
    """Visits that wait for review, with a photo."""
    found: Places = {
        Where.MISSING: {
            "id": NOBODYS,
            "attempt": "1",
            "revision": "1",
            "name": f"{NO_DIGEST}.jpg",
        }
    }
    for where, (inspector, store, item) in HERE.items():
        name, photo = f"waits {where}", a_photo(1 + tuple(HERE).index(where))
        parts: dict[str, Any] = {
            "assignment": await another_assignment(tools, inspector, store, "w"),
            "losses": (item,),
            "pictures": (photo,),
        }
        await a_visit(tools, name, by=inspector, store=store, **parts)
        await send_photo(tools, photo, by=inspector)
        name_of_photo = f"{sha256_of(photo)}.jpg"
        found[where] = {
            "id": visit_id(name),
            "attempt": "1",
            "revision": "1",
            "name": name_of_photo,
        }
    return Thing(found)


async def notices(tools: Tools) -> Thing:
    """Notices that were issued and printed, each with a photo in its first line."""
    found: Places = {Where.MISSING: {"id": NOBODYS, "name": "1-1.jpg"}}
    for where, (inspector, store, item) in HERE.items():
        name, photo = f"issued {where}", a_photo(11 + tuple(HERE).index(where))
        await send_photo(tools, photo, by=inspector)
        parts: dict[str, Any] = {"losses": (item,), "pictures": (photo,)}
        signed = await an_issued(tools, name, SIGNER, visitor=inspector, store=store, **parts)
        pdf = b"%PDF-1.7 " + name.encode()
        await keep_print(tools, signed.id, pdf, sha256_of(pdf), 1)
        found[where] = {"id": signed.id, "name": "1-1.jpg"}
    return Thing(found)


async def stores(_: Tools) -> Thing:
    """Stores by their codes."""
    found = {where: {"code": store} for where, (_, store, _) in HERE.items()}
    return Thing({**found, Where.MISSING: {"code": "LZ-9999"}})


async def regions(_: Tools) -> Thing:
    """Counties by their codes."""
    counties = (CHENGGUAN, ANNING, QINZHOU)
    found = {where: {"code": code} for where, code in zip(HERE, counties, strict=True)}
    return Thing({**found, Where.MISSING: {"code": "999999"}})


async def drafts(tools: Tools) -> Thing:
    """Visits still being filled in; whoever sent one keeps it, wherever the store is."""
    found: Places = {Where.MISSING: {"visit": NOBODYS, "device": PHONE}}
    for where, (inspector, store, _) in HERE.items():
        visit = visit_id(f"drafted {where}")
        assignment = await another_assignment(tools, inspector, store, "d")
        await send_draft(
            tools, inspector, visit=visit, assignment=assignment, document={"visit": {"id": visit}}
        )
        found[where] = {"visit": visit, "device": PHONE}
    return Thing(found)


async def parked(tools: Tools) -> Thing:
    """Visits that were refused because their assignments were cancelled: the place they name
    need not be the true one.
    """
    found: Places = {Where.MISSING: {"id": NOBODYS}}
    for where, (inspector, store, _) in HERE.items():
        assignment = await another_assignment(tools, inspector, store, "p")
        await run("UPDATE assignment SET state = 'cancelled' WHERE id = ?", assignment)
        rubric = rubric_in("KH" if store == ANNING_HALL else "KC")
        visit = visit_id(f"parked {where}")
        submission = a_submission(
            rubric, by=inspector, store=store, visit=visit, assignment=assignment
        )
        with pytest.raises(AssignmentCancelled):
            await send(tools, submission, by=inspector)
        (row,) = [row for row in await rows_of("parked") if row["visit_id"] == visit]
        found[where] = {"id": row["id"]}
    return Thing(found, reach=Reach.WHOLE)


async def photos(tools: Tools) -> Thing:
    """Photos by their digests; only who sends one knows of it."""
    found: Places = {Where.MISSING: {"sha256": NO_DIGEST}}
    for where, (inspector, _, _) in HERE.items():
        photo = a_photo(21 + tuple(HERE).index(where))
        await send_photo(tools, photo, by=inspector)
        found[where] = {"sha256": sha256_of(photo)}
    return Thing(found)


async def rubrics(_: Tools) -> Thing:
    """Published rubrics: the same for everybody."""
    (row, *_) = await rows_of("rubric_version", "code")
    found = {where: {"digest": str(row["digest"]), "code": str(row["code"])} for where in HERE}
    nothing = {"digest": NO_DIGEST, "code": "NONE-9"}
    return Thing({**found, Where.MISSING: nothing}, reach=Reach.EVERYBODY)


async def rubrics_in_use(tools: Tools) -> Thing:
    """The same for those who may take one out of use: it is out of use for everybody."""
    return msgspec.structs.replace(await rubrics(tools), reach=Reach.WHOLE)


async def rubric_drafts(tools: Tools) -> Thing:
    """Drafts of rubrics: one for the whole organisation."""
    (row, *_) = await rows_of("rubric_version", "code")
    draft = await start_draft(tools, GUO.actor, str(row["digest"]))
    found = {where: {"id": draft} for where in HERE}
    return Thing({**found, Where.MISSING: {"id": NOBODYS}}, reach=Reach.WHOLE)


async def rubric_photos(tools: Tools) -> Thing:
    """Reference photos of rubrics: the same for everybody who reads rubrics."""
    (row, *_) = await rows_of("rubric_version", "code")
    draft = await start_draft(tools, GUO.actor, str(row["digest"]))
    sha256 = (await add_rubric_photo(tools, GUO.actor, draft, a_photo(77))).sha256
    found = {where: {"sha256": sha256, "name": f"{sha256}.jpg"} for where in HERE}
    nothing = {"sha256": NO_DIGEST, "name": f"{NO_DIGEST}.jpg"}
    return Thing({**found, Where.MISSING: nothing}, reach=Reach.EVERYBODY)


async def sheet_imports(tools: Tools) -> Thing:
    """Files sent by administrators of a branch: there is none of another store's."""
    found: Places = {Where.MISSING: {"id": NOBODYS}}
    for where, region in ((Where.OWN, LANZHOU), (Where.OTHER_REGION, TIANSHUI)):
        by = msgspec.structs.replace(GUO, region=region)
        found[where] = {"id": await checked(tools, BAD, by=by)}
    return Thing(found)


async def import_templates(_: Tools) -> Thing:
    """Empty sheets to fill in: the same for everybody."""
    found = {where: {"noun": "store"} for where in HERE}
    return Thing({**found, Where.MISSING: {"noun": "cat"}}, reach=Reach.EVERYBODY)


async def rounds(tools: Tools) -> Thing:
    """Drafts of rounds of a branch, by the managers of it: there is none of another store's."""
    found: Places = {Where.MISSING: {"code": "1999-01"}}
    for where, manager in ((Where.OWN, WANG), (Where.OTHER_REGION, ZHAO)):
        code = f"r-{manager.sign_in}"
        await a_draft(tools, manager, code=code, previous="")
        found[where] = {"code": code}
    return Thing(found)


async def planned_visits(tools: Tools) -> Thing:
    """Rows of plans of rounds of a branch."""
    found: Places = {Where.MISSING: {"code": "1999-01", "id": NOBODYS}}
    for where, manager in ((Where.OWN, WANG), (Where.OTHER_REGION, ZHAO)):
        code = f"p-{manager.sign_in}"
        await a_draft(tools, manager, code=code, previous="")
        proposal = await a_plan(tools, manager, code=code)
        rows = await rows_of("proposed_visit")
        row = next(each for each in rows if each["proposal"] == proposal)
        found[where] = {"code": code, "id": str(row["id"])}
    return Thing(found)


async def inspectors(_: Tools) -> Thing:
    """Inspectors belong to no place."""
    found = {where: {"id": LI.account} for where in HERE}
    return Thing({**found, Where.MISSING: {"id": NOBODYS}}, reach=Reach.WHOLE)


async def people(tools: Tools) -> Thing:
    """People of a place; the disabled are kept still, and those of no place are of the whole."""
    found: Places = {Where.MISSING: {"id": NOBODYS}}
    for where, fields in {
        Where.OWN: {"role": Role.REGIONAL_MANAGER, "region": LANZHOU},
        Where.OTHER_STORE: {"role": Role.STORE_STAFF, "store": ANNING_HALL},
        Where.OTHER_REGION: {"role": Role.INSPECTOR},
        Where.GONE: {"role": Role.REVIEWER, "region": LANZHOU},
    }.items():
        person = Person(sign_in=f"kept-{where.name.lower()}", name="陆一鸣", **fields)
        await an_account(tools, person)
        found[where] = {"id": person.account}
    await disable_account(tools, "kept-gone")
    return Thing(found)


async def rescores(tools: Tools) -> Thing:
    """Dry runs over the visits of a branch, asked for by an administrator of it."""
    found: Places = {Where.MISSING: {"id": NOBODYS}}
    version = await another_version(tools)
    for where, city in ((Where.OWN, LANZHOU), (Where.OTHER_REGION, TIANSHUI)):
        administrator = msgspec.structs.replace(GUO, region=city)
        found[where] = {"id": await tried(tools, version, administrator)}
    return Thing(found)


async def schedules(tools: Tools) -> Thing:
    """Schedules of a branch, by the managers of it."""
    found: Places = {Where.MISSING: {"code": "nobodys"}}
    for where, manager in ((Where.OWN, WANG), (Where.OTHER_REGION, ZHAO)):
        code = f"s-{manager.sign_in}"
        await a_schedule(tools, manager, code=code)
        found[where] = {"code": code}
    return Thing(found)


MAKERS: dict[str, Callable[[Tools], Awaitable[Thing]]] = {
    "visit": visits,
    "notice": notices,
    "store": stores,
    "region": regions,
    "draft": drafts,
    "parked": parked,
    "photo": photos,
    "rubric": rubrics,
    "rubric in use": rubrics_in_use,
    "rubric draft": rubric_drafts,
    "rubric photo": rubric_photos,
    "import": sheet_imports,
    "import template": import_templates,
    "round": rounds,
    "schedule": schedules,
    "planned visit": planned_visits,
    "inspector": inspectors,
    "person": people,
    "rescore": rescores,
}


async def a_world(tools: Tools) -> dict[str, Thing]:
    """Every thing by its noun, and the people of Lanzhou who are not in the cast."""
    for person in (QC, ADMIN):
        await an_account(tools, person)
    return {noun: await make(tools) for noun, make in MAKERS.items()}
