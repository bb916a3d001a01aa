"""One of everything, in every place: what the routes are driven against. A new noun whose routes
name it in their path adds a function here and its line in `MAKERS`.
"""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from inspection.domain.access import Role
from inspection.domain.notices.notice_batch import BatchKind
from inspection.domain.refusals import AssignmentCancelled
from inspection.domain.scheduled_export import Beat, ExportOf, FileFormat, Timing
from inspection.persistence.notices.notice_links import links_of
from inspection.persistence.statements import run
from inspection.services.appeals.appeal_threads import Saying, add_message
from inspection.services.appeals.attachments import SentFile, keep_document, keep_files
from inspection.services.bulletins.bulletin_prints import keep_bulletin
from inspection.services.notices.notice_batches import start_batch
from inspection.services.notices.notice_links import make_link
from inspection.services.notices.notice_prints import keep_print
from inspection.services.people.accounts import disable_account
from inspection.services.photos.photo_cleaning import clean_photo
from inspection.services.rectifications.extensions import Decision, Wanted, ask, decide
from inspection.services.rectifications.opinion_prints import keep_opinion
from inspection.services.rubrics.rubric_drafts import start_draft
from inspection.services.rubrics.rubric_photos import add_rubric_photo
from inspection.services.scheduled_exports import (
    ScheduledExportGiven,
    add_scheduled_export,
    ask_for_file,
    scheduled_export_list,
)
from inspection.services.tools import Tools
from tests.appealing import PDF, a_delivered, filed
from tests.cast import (
    ANNING,
    ANNING_HALL,
    CHEN,
    CHENGGUAN,
    CLUB,
    DENG,
    GUO,
    LANZHOU,
    LI,
    MA,
    QINZHOU,
    QINZHOU_CLUB,
    REGION_PATHS,
    SUN,
    TIANSHUI,
    WANG,
    ZHAO,
    Person,
    store_id,
)
from tests.drafting import PHONE, send_draft
from tests.importing import BAD, checked
from tests.makers import an_account
from tests.planned import a_plan
from tests.receiving import rows_of, send
from tests.rectifying import a_reply, accept, issued_lines
from tests.reporting import a_published
from tests.rescoring import another_version, tried
from tests.reviewing import a_visit, an_issued, another_assignment, send_photo, visit_id
from tests.rounding import a_draft, a_schedule
from tests.submissions import a_photo, a_submission, rubric_in, sha256_of
from tests.telling import add_row
from tests.web.scope.places import ADMIN, QC, SIGNER, Reach, Thing, Where

NOBODYS = "00000000-0000-7000-8000-00000000dead"
NO_DIGEST = "f" * 64

HERE: dict[Where, tuple[Person, str, str]] = {
    Where.OWN: (LI, CLUB, "KC-M-01"),
    Where.OTHER_STORE: (MA, ANNING_HALL, "KH-E-01"),
    Where.OTHER_REGION: (MA, QINZHOU_CLUB, "KC-M-01"),
}
"""Who visits which store and finds which item wanting, by where the store is."""

STAFFED: dict[Where, Person] = {
    Where.OWN: CHEN,
    Where.OTHER_STORE: Person(
        sign_in="tian", name="田雨", role=Role.STORE_STAFF, store=ANNING_HALL
    ),
    Where.OTHER_REGION: DENG,
}
"""Who works in the store of each place; the second has an account of her own made."""

Places = dict[Where, dict[str, str]]


async def visits(tools: Tools) -> Thing:
    """Visits that wait for review, with a photo."""
    found: Places = {
        Where.MISSING: {
            "id": NOBODYS,
            "attempt": "1",
            "revision": "1",
            "item": "KC-E-01",
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
            "item": item,
            "attempt": "1",
            "revision": "1",
            "name": name_of_photo,
        }
    return Thing(found)


async def notices(tools: Tools) -> Thing:
    """Notices that were issued and printed, each with a photo in its first line."""
    parts_of = {"name": "1-1.jpg", "sending": NOBODYS, "number": "1"}
    found: Places = {Where.MISSING: {"id": NOBODYS, **parts_of}}
    for where, (inspector, store, item) in HERE.items():
        name, photo = f"issued {where}", a_photo(11 + tuple(HERE).index(where))
        await send_photo(tools, photo, by=inspector)
        parts: dict[str, Any] = {"losses": (item,), "pictures": (photo,)}
        signed = await an_issued(tools, name, SIGNER, visitor=inspector, store=store, **parts)
        pdf = b"%PDF-1.7 " + name.encode()
        await keep_print(tools, signed.id, pdf, sha256_of(pdf), 1)
        found[where] = {"id": signed.id, **parts_of}
    return Thing(found)


async def notice_links(tools: Tools) -> Thing:
    """Links to notices that were issued."""
    found: Places = {Where.MISSING: {"id": NOBODYS, "link": NOBODYS}}
    for where, (inspector, store, item) in HERE.items():
        name = f"linked {where}"
        parts: dict[str, Any] = {
            "losses": (item,),
            "assignment": await another_assignment(tools, inspector, store, "l"),
        }
        signed = await an_issued(tools, name, SIGNER, visitor=inspector, store=store, **parts)
        await make_link(tools, SIGNER.actor, signed.id)
        (link,) = await links_of(signed.id)
        found[where] = {"id": signed.id, "link": link.id}
    return Thing(found)


STAFF = Person(sign_in="anning", name="丁一", role=Role.STORE_STAFF, store=ANNING_HALL)


async def lines(tools: Tools) -> Thing:
    """Lines their stores asked more time for, answered and had verified, with photos."""
    await an_account(tools, STAFF)
    found: Places = {Where.MISSING: {"id": NOBODYS}}
    people = {Where.OWN: CHEN, Where.OTHER_STORE: STAFF, Where.OTHER_REGION: DENG}
    for where, (inspector, store, item) in HERE.items():
        place = tuple(HERE).index(where)
        parts: dict[str, Any] = {
            "assignment": await another_assignment(tools, inspector, store, "m"),
            "losses": (item,),
            "pictures": (a_photo(21 + place),),
            "by": SIGNER,
        }
        (line,) = await issued_lines(
            tools, f"line {where}", visitor=inspector, store=store, **parts
        )
        wanted = Wanted(hours=24, reason="配件在途")
        asked = await ask(tools, people[where].actor, line.id, wanted)
        await decide(tools, SIGNER.actor, asked.id, Decision(grant=True))
        pdf = b"%PDF-1.7 opinion " + str(where).encode()
        await keep_opinion(tools, asked.id, pdf, sha256_of(pdf))
        await a_reply(tools, line.id, 41 + place, people[where])
        await accept(tools, line.id, SIGNER)
        found[where] = {"id": line.id}
    return Thing(found)


async def _of_lines(table: str, name: str = "", reach: Reach = Reach.PLACE) -> Thing:
    """What hangs on those lines, by where its line is."""
    rows = await run(
        f"SELECT x.id, s.code FROM {table} x JOIN notice_line l ON l.id = x.line"
        " JOIN notice n ON n.id = l.notice JOIN store s ON s.id = n.store"
    )
    ids = {str(row["code"]): str(row["id"]) for row in rows}
    found = {where: {"id": ids[store], "name": name} for where, (_, store, _) in HERE.items()}
    return Thing({**found, Where.MISSING: {"id": NOBODYS, "name": name}}, reach=reach)


async def replies(_: Tools) -> Thing:
    """Replies with a photo."""
    return await _of_lines("rectification_reply", "1.jpg")


async def extensions(_: Tools) -> Thing:
    """Requests for more time that have their opinions."""
    return await _of_lines("line_extension")


async def looks(tools: Tools) -> Thing:
    """Looks at those lines, with a photo the store may see."""
    found: Places = {Where.MISSING: {"id": NOBODYS, "name": "1.jpg"}}
    at = {"made_by": GUO.account, "made_at": tools.now()}
    for where, (inspector, store, item) in HERE.items():
        look, line = f"look {where}", (await _of_lines("rectification_verdict")).at[where]["id"]
        (said,) = await run("SELECT line FROM rectification_verdict WHERE id = ?", line)
        (row,) = await run(
            "SELECT n.visit, n.region_path FROM notice n JOIN notice_line l ON l.notice = n.id"
            " WHERE l.id = ?",
            said["line"],
        )
        days = {"window_from": date(2026, 11, 16), "window_to": date(2026, 11, 22)}
        facts = {"id": look, "store": store_id(store), "inspector": inspector.account}
        await add_row("reinspection", facts | days | at | row | {"state": "submitted"})
        of_look = {"id": f"{look} line", "reinspection": look, "verdict": line}
        await add_row("reinspection_line", of_look | {"line": said["line"]})
        photo = sha256_of(a_photo(21 + tuple(HERE).index(where)))
        shown = {"reinspection": look, "item": item, "position": 0, "sha256": photo, "shown": True}
        await add_row("reinspection_photo", shown)
        found[where] = {"id": look, "name": "1.jpg"}
    return Thing(found)


async def looks_at_replies(_: Tools) -> Thing:
    """The same with the name of a photo of the reply that is looked at."""
    parts = {"name": "1-1.jpg"}
    found = {where: {"id": f"look {where}", **parts} for where in HERE}
    return Thing({**found, Where.MISSING: {"id": NOBODYS, **parts}})


async def verdicts(_: Tools) -> Thing:
    """Verdicts after a look, with a photo."""
    return await _of_lines("rectification_verdict", "1.jpg")


async def follow_ups(_: Tools) -> Thing:
    """Calls to make."""
    return await _of_lines("follow_up_call")


async def cases(_: Tools) -> Thing:
    """Cases, which everybody may read who may read any."""
    return await _of_lines("solved_case", "before.jpg", Reach.EVERYBODY)


async def notice_lines(tools: Tools) -> Thing:
    """Lines of notices their stores have opened."""
    found: Places = {Where.MISSING: {"id": NOBODYS, "number": "1"}}
    for where, staff in STAFFED.items():
        inspector, store, item = HERE[where]
        parts: dict[str, Any] = {
            "assignment": await another_assignment(tools, inspector, store, "y"),
            "visitor": inspector,
            "store": store,
            "losses": (item,),
        }
        notice = await a_delivered(tools, f"lines {where}", staff, by=SIGNER, **parts)
        found[where] = {"id": notice, "number": "1"}
    return Thing(found)


async def appeals(tools: Tools) -> Thing:
    """Appeals with a photo and a document, about which whoever inspected was asked."""
    found: Places = {Where.MISSING: {"id": NOBODYS, "photo": "1.jpg", "document": "2.pdf"}}
    for where, staff in STAFFED.items():
        inspector, store, item = HERE[where]
        parts: dict[str, Any] = {
            "assignment": await another_assignment(tools, inspector, store, "z"),
            "visitor": inspector,
            "store": store,
            "losses": (item,),
        }
        photo = a_photo(31 + tuple(STAFFED).index(where))
        kept = await keep_files(
            tools, staff.actor, (SentFile("1.jpg", photo), SentFile("2.pdf", PDF))
        )
        await clean_photo(tools, sha256_of(photo))
        notice = await a_delivered(tools, f"appeal {where}", staff, by=SIGNER, **parts)
        appeal = (await filed(tools, notice, by=staff, files=kept)).id
        await add_message(tools, SUN.actor, appeal, Saying(text="?", to_inspector=True))
        found[where] = {"id": appeal, "photo": "1.jpg", "document": "2.pdf"}
    return Thing(found)


async def notice_batches(tools: Tools) -> Thing:
    """Batches are their askers' alone: whatever anybody else asks for is not there."""
    notices = [row for row in await rows_of("notice") if row["number"]]
    here = next(row for row in notices if row["region_path"].startswith(REGION_PATHS[LANZHOU]))
    batch = await start_batch(tools, WANG.actor, BatchKind.ARCHIVE, (str(here["id"]),))
    return Thing({Where.MISSING: {"id": NOBODYS}, Where.OWN: {"id": batch}}, asker=WANG)


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


async def appeal_documents(tools: Tools) -> Thing:
    """Documents for appeals by their digests; only who sends one knows of it."""
    found: Places = {Where.MISSING: {"sha256": NO_DIGEST}}
    for where, staff in STAFFED.items():
        content = PDF + f"% {where}\n%%EOF\n".encode()
        found[where] = {"sha256": await keep_document(tools, staff.actor, "1.pdf", content)}
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


async def bulletins(tools: Tools) -> Thing:
    """Issues about a branch, published by its manager."""
    found: Places = {Where.MISSING: {"id": NOBODYS, "name": "before.jpg"}}
    for where, manager in ((Where.OWN, WANG), (Where.OTHER_REGION, ZHAO)):
        row = await a_published(tools, manager)
        pdf = b"%PDF-1.7 " + row.id.encode()
        await keep_bulletin(tools, row.id, pdf, sha256_of(pdf), 1)
        found[where] = {"id": row.id, "name": "before.jpg"}
    return Thing(found)


async def _over_branches(tools: Tools, table: str, row: dict[str, object]) -> Thing:
    """A row for Lanzhou and one for Tianshui: there is none of another store's."""
    found: Places = {Where.MISSING: {"id": NOBODYS}}
    for where, city in ((Where.OWN, LANZHOU), (Where.OTHER_REGION, TIANSHUI)):
        id = f"{table}-{city}"
        place = {"id": id, "key": id, "region": f"region-{city}"}
        kept = {name: place.get(name, value) for name, value in row.items()}
        await add_row(table, kept | {"region_path": f"/620000/{city}/"})
        found[where] = {"id": id}
    return Thing(found)


async def bots(tools: Tools) -> Thing:
    """Bots of groups of a branch."""
    row = {"id": "", "region": "", "brand": "wecom", "name": "群"}
    by = {"changed_by": GUO.account, "changed_at": tools.now()}
    return await _over_branches(tools, "bot", row | by)


async def webhooks(tools: Tools) -> Thing:
    """Systems that hear of a branch."""
    row = {"id": "", "name": "工单", "url": "https://x.example/"}
    by = {"changed_by": GUO.account, "changed_at": tools.now()}
    return await _over_branches(tools, "webhook", row | by)


async def api_tokens(tools: Tools) -> Thing:
    """Tokens of managers nobody here is: administrators of their part of the tree end them."""
    keeper = Person(sign_in="keeper", name="袁媛", role=Role.REGIONAL_MANAGER, region=LANZHOU)
    await an_account(tools, keeper)
    at = {"created_at": tools.now(), "expires_at": tools.now() + timedelta(days=30)}
    found: Places = {Where.MISSING: {"id": NOBODYS}}
    for where, owner in ((Where.OWN, keeper), (Where.OTHER_REGION, ZHAO)):
        row = {"id": f"token-{where}", "token_hash": where.value, "account": owner.account}
        await add_row("api_token", row | {"name": "数据平台", "prefix": "mct_abc"} | at)
        found[where] = {"id": f"token-{where}"}
    return Thing(found)


async def scheduled_exports(tools: Tools) -> Thing:
    """Exports that make themselves, and a time of them: their owners' alone."""
    given = ScheduledExportGiven(
        name="每周排名",
        what=ExportOf.RANKING,
        format=FileFormat.CSV,
        timing=Timing(Beat.WEEKLY, 1, 8),
    )
    await add_scheduled_export(tools, WANG.actor, given)
    (shown,) = await scheduled_export_list(tools, WANG.actor)
    here = {"id": shown.row.id}
    await ask_for_file(tools, WANG.actor, shown.row.id)
    here["run"] = str((await rows_of("export_run"))[0]["id"])
    return Thing({Where.MISSING: {"id": NOBODYS, "run": NOBODYS}, Where.OWN: here}, asker=WANG)


async def deliveries(tools: Tools) -> Thing:
    """Deliveries about a branch that failed."""
    at = {"due_at": tools.now(), "created_at": tools.now()}
    row = {"id": "", "key": "", "channel": "bot", "kind": "channel.test", "state": "failed"}
    about = {"noun": "bot", "noun_id": "x"}
    return await _over_branches(tools, "delivery", row | about | at)


MAKERS: dict[str, Callable[[Tools], Awaitable[Thing]]] = {
    "visit": visits,
    "notice": notices,
    "notice link": notice_links,
    "line": lines,
    "reply": replies,
    "extension": extensions,
    "look": looks,
    "reply looked at": looks_at_replies,
    "verdict": verdicts,
    "follow-up": follow_ups,
    "case": cases,
    "notice line": notice_lines,
    "appeal": appeals,
    "notice batch": notice_batches,
    "store": stores,
    "region": regions,
    "draft": drafts,
    "parked": parked,
    "photo": photos,
    "appeal document": appeal_documents,
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
    "bulletin": bulletins,
    "bot": bots,
    "webhook": webhooks,
    "scheduled export": scheduled_exports,
    "token": api_tokens,
    "delivery": deliveries,
    "rescore": rescores,
}


async def a_world(tools: Tools) -> dict[str, Thing]:
    """Every thing by its noun, and the people of Lanzhou who are not in the cast."""
    for person in (QC, ADMIN, STAFFED[Where.OTHER_STORE]):
        await an_account(tools, person)
    return {noun: await make(tools) for noun, make in MAKERS.items()}
