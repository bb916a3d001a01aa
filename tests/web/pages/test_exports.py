"""Lists as files: the rows of the screen, in the same scope, nothing that runs."""

import msgspec
import pytest

from inspection.domain.access import Role
from inspection.domain.imports.sheet_import import ImportNoun
from inspection.persistence.audit import audit
from inspection.persistence.people.people import get_person
from inspection.persistence.statements import run
from inspection.services import exports, sheet_exports
from inspection.services.audit import audit_exports
from inspection.services.notices import notice_exports
from inspection.services.people import accounts, people, people_access
from inspection.services.people.people import PersonGiven
from inspection.wording import Language, say
from tests.cast import CLUB, GUO, LANZHOU, LI, ROUND, SUN, WANG, ZHAO
from tests.importing import BAD, checked, detail, written
from tests.reviewing import a_draft, a_visit, an_issued, another_assignment
from tests.web.pages.exported import BOTH, cells


@BOTH
async def test_notices_go_out_as_the_list_shows_them(signed_in, app, tools, clock, format):
    signed = await an_issued(tools)
    clock.go_on(minutes=1)
    wang = await signed_in(WANG)
    title, row = await cells(wang, "/notices", format)
    assert title[:2] == ("编号", "门店编码")
    assert row[:2] == (signed.number, CLUB)
    assert float(row[8]) < 0
    assert await cells(wang, "/notices?state=draft", format) == [title]
    assert await cells(await signed_in(ZHAO), "/notices", format) == [title]


@BOTH
async def test_every_page_of_a_list_goes_out(signed_in, app, tools, clock, monkeypatch, format):
    monkeypatch.setattr(notice_exports, "LARGEST_PAGE", 2)
    for number in range(5):
        assignment = await another_assignment(tools, LI, CLUB, f"{number}")
        await a_draft(tools, f"{number}", assignment=assignment, losses=("KC-E-01",))
        clock.go_on(minutes=1)
    assert len(await cells(await signed_in(WANG), "/notices", format)) == 6


@BOTH
async def test_waiting_visits_go_out_with_pseudonyms_only(signed_in, app, tools, format):
    await a_visit(tools)
    _, row = await cells(await signed_in(SUN), "/visits", format)
    assert row[5] == LI.pseudonym
    assert LI.name not in "".join(row)


@BOTH
async def test_people_go_out_as_a_sheet_that_changes_nothing(signed_in, app, tools, format):
    guo = await signed_in(GUO)
    answer = await guo.get(f"/people?format={format}")
    id = await checked(tools, noun=ImportNoun.PERSON, content=answer.content)
    found = (await detail(tools, id)).found
    assert (found.added, found.changed, found.faulty) == (0, 0, 0)
    assert found.unchanged == 8


@BOTH
async def test_stores_go_out_as_a_sheet_that_changes_nothing(signed_in, app, tools, format):
    full = ("S-1", "=店", "营业厅", "620102", "guest_wifi", "合作", "路1号", "36.061", "-103.8")
    head = (
        "code",
        "name",
        "kind",
        "region",
        "features",
        "ownership",
        "address",
        "latitude",
        "longitude",
    )
    await written(tools, full, head=head)
    for person in (GUO, WANG):
        somebody = await signed_in(person)
        answer = await somebody.get(f"/stores?format={format}")
        id = await checked(tools, content=answer.content)
        found = (await detail(tools, id)).found
        assert (found.added, found.changed, found.faulty) == (0, 0, 0)
    assert found.unchanged == 4
    title, *rows = await cells(somebody, "/stores?q=nothing", format)
    assert (title[0], rows) == ("门店编码 code", [])


@BOTH
async def test_the_log_goes_out_with_what_was_before_and_after(signed_in, app, tools, format):
    await checked(tools, ("A-1", "店", "营业厅", "620102"))
    guo = await signed_in(GUO)
    title, *rows = await cells(guo, "/audit?noun=import", format)
    assert len(title) == 8
    assert [row[2] for row in rows] == [f"{GUO.name} {say(Language.EN, 'role.administrator')}"]
    assert rows[0][3] == say(Language.EN, "audit_action.import.receive")


@BOTH
async def test_the_log_goes_out_in_the_words_of_the_page(signed_in, app, tools, format):
    await people.edit_person(
        tools, GUO.actor, WANG.account,
        PersonGiven(name=WANG.name, role=Role.REVIEWER, region=LANZHOU),
        people.version_of(await get_person(WANG.account)),
    )  # fmt: skip
    await people_access.disable_person(tools, GUO.actor, ZHAO.account)
    await accounts.enable_account(tools, ZHAO.sign_in)
    guo = await signed_in(GUO)
    _, *rows = await cells(guo, "/audit?noun=account", format)
    by_action = {row[3]: row for row in rows}
    manager, reviewer = (say(Language.EN, f"role.{r}") for r in ("regional_manager", "reviewer"))
    edited = by_action[say(Language.EN, "audit_action.account.edit")]
    assert f"{manager} → {reviewer}" in edited[6]
    assert "regional_manager" not in edited[6]
    assert "None" not in " ".join(edited)
    enabled = by_action[say(Language.EN, "audit_action.account.enable")]
    assert enabled[2] == say(Language.EN, "audit.operator")


@BOTH
async def test_a_ranking_goes_out_with_numbers_as_numbers(signed_in, app, tools, format):
    await an_issued(tools)
    title, first, *_ = await cells(await signed_in(GUO), "/ranking?kind=customer_club", format)
    assert first[3] == CLUB
    assert float(first[7]) > 0
    assert len(title) == len(first)


async def test_what_cannot_be_read_is_refused_before_the_first_byte(signed_in, app):
    wang = await signed_in(WANG)
    assert (await wang.get("/notices?region=/9/&format=csv")).status_code == 404
    assert (await wang.get("/notices?format=pdf")).status_code == 422


def test_points_are_numbers_and_none_is_nothing():
    assert exports.points(None) is None
    assert str(exports.points(8950)) == "89.50"


@BOTH
async def test_rounds_and_their_assignments_go_out_with_pseudonyms_only(signed_in, app, format):
    wang = await signed_in(WANG)
    title, *rounds = await cells(wang, "/rounds", format)
    assert (title[0], ROUND in [row[0] for row in rounds]) == ("轮次", True)
    title, *rows = await cells(wang, f"/rounds/{ROUND}/assignments", format)
    assert (rows[0][0], rows[0][4]) == (CLUB, LI.pseudonym)
    assert len(rows) == 3
    assert LI.name not in str(rows)
    late = await cells(wang, f"/rounds/{ROUND}/assignments?state=done", format)
    assert late == [title]


async def held_export(guo, tools, monkeypatch, format):
    """The list of people in pages of two; its reader is disabled once the second is read."""
    monkeypatch.setattr(sheet_exports, "LARGEST_PAGE", 2)
    read, pages = sheet_exports.named_people, []

    async def reading(*asked):
        pages.append(asked)
        if len(pages) == 2:
            await run("UPDATE account SET disabled_at = created_at WHERE id = ?", GUO.account)
        return await read(*asked)

    monkeypatch.setattr(sheet_exports, "named_people", reading)
    try:
        return await guo.get(f"/people?format={format}"), len(pages)
    except Exception as error:  # noqa: BLE001 - whatever the server makes of it
        return error, len(pages)


async def test_a_workbook_ends_with_the_session_it_was_asked_in(signed_in, app, tools, monkeypatch):
    guo = await signed_in(GUO)
    answer, pages = await held_export(guo, tools, monkeypatch, "xlsx")
    assert (answer.status_code, answer.headers["location"][:8], pages) == (303, "/sign-in", 2)


async def test_a_file_already_on_its_way_breaks_off_with_the_session(
    signed_in, app, tools, monkeypatch
):
    guo = await signed_in(GUO)
    broken, pages = await held_export(guo, tools, monkeypatch, "csv")
    assert (isinstance(broken, Exception), pages) == (True, 2)


@pytest.mark.parametrize(
    ("person", "path", "noun"),
    [
        (GUO, "/people?state=active&format=csv", "account"),
        (GUO, "/stores?format=xlsx", "store"),
        (WANG, "/notices?format=csv", "notice"),
        (SUN, "/visits?format=csv", "visit"),
        (GUO, "/rounds?format=csv", "round"),
        (GUO, f"/rounds/{ROUND}/assignments?format=csv", "assignment"),
        (GUO, "/ranking?kind=customer_club&format=csv", "ranking"),
        (WANG, "/complaints?format=csv", "complaint"),
        (GUO, "/audit?format=csv", "audit"),
    ],
)
async def test_a_list_that_leaves_is_written_down(signed_in, app, tools, person, path, noun):
    await an_issued(tools)
    somebody = await signed_in(person)
    assert (await somebody.get(path)).status_code == 200
    last = (await audit.events_of(noun, ""))[-1]
    assert (last.action, last.actor) == (f"{noun}.export", person.account)
    assert msgspec.json.decode(last.body) == {"address": path}


async def test_a_long_log_leaves_page_by_page(signed_in, app, tools, monkeypatch):
    monkeypatch.setattr(audit_exports, "LARGEST_PAGE", 2)
    await an_issued(tools)
    guo = await signed_in(GUO)
    answer = await guo.get("/audit?format=csv")
    assert answer.status_code == 200
    assert len(answer.text.splitlines()) > 4


async def test_failed_rows_that_leave_are_written_down(signed_in, app, tools):
    id = await checked(tools, BAD)
    guo = await signed_in(GUO)
    await guo.get(f"/imports/{id}/failed-rows?format=csv")
    last = (await audit.events_of("import", id))[-1]
    assert (last.action, last.actor) == ("import.export", GUO.account)


async def test_a_list_that_is_refused_or_only_shown_is_not_written_down(signed_in, app):
    wang = await signed_in(WANG)
    await wang.get("/notices")
    await wang.get("/notices?region=/9/&format=csv")
    assert await audit.events_of("notice", "") == ()
