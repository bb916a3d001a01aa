"""Rubrics as files: into drafts with what is to mend, out as workbooks, and home again."""

import json

import pytest

from inspection.domain.refusals import (
    BodyRefused,
    BodyTooLarge,
    NotAllowed,
    NotFound,
    RubricFileRefused,
)
from inspection.domain.rubrics.rubric_document import LARGEST_DOCUMENT
from inspection.domain.rubrics.rubric_writer import document_of
from inspection.domain.table import Table
from inspection.persistence.audit import audit
from inspection.services.rubrics.rubric_drafts import draft_of
from inspection.services.rubrics.rubric_files import import_draft, workbook_of
from inspection.spreadsheets.writing import write_xlsx
from inspection.wording import Language
from tests.cast import GUO, SUN
from tests.domain.sheets import KC, KH, MINI
from tests.makers import SCORECARDS, add_regions, an_account, publish_rubrics
from tests.receiving import rows_of
from tests.rubric_drafting import TIAN

FILE = (SCORECARDS / "KC.toml").read_bytes()


@pytest.fixture
async def club(province):
    """The digest of the published club rubric."""
    return (await publish_rubrics(province))["customer_club"]


async def document_from(tools, content, name):
    imported = await import_draft(tools, GUO.actor, content, name)
    return (await draft_of(GUO.actor, imported.id)).document


async def test_a_rubric_file_becomes_a_draft_of_the_version_in_force(province, club):
    imported = await import_draft(province, GUO.actor, FILE, "KC.toml")
    assert imported.faults == ()
    found = await draft_of(GUO.actor, imported.id)
    assert found.document == document_of(KC)
    assert found.based_on is not None
    assert found.based_on.digest == club
    (event,) = await audit.events_of("rubric_draft", imported.id)
    assert json.loads(event.body)["file"] == "KC.toml"


async def test_what_is_to_mend_is_named_by_its_line(province, club):
    content = FILE.replace(b'full = "3"', b'full = "4"', 1)
    imported = await import_draft(province, GUO.actor, content, "KC.toml")
    (fault,) = imported.faults
    assert (fault.path, fault.code) == ("sections[0].full", "rubric.section_does_not_add_up")
    assert fault.line is not None
    assert content.splitlines()[fault.line - 1] == b'full = "20"'
    assert len((await draft_of(GUO.actor, imported.id)).report.faults) == 1


async def test_what_is_no_toml_is_refused_with_its_line(province):
    with pytest.raises(RubricFileRefused) as no:
        await import_draft(province, GUO.actor, b'code = "KC"\nfull = \n', "KC.toml")
    assert [(fault.pointer, fault.code) for fault in no.value.faults] == [
        ("/2", "rubric.toml_broken")
    ]
    assert await rows_of("rubric_draft", "id") == []


async def test_what_json_cannot_say_is_kept_as_text(province):
    content = b"code = 2026-11-22\nfull = inf\npass_line = 1.5\nwhen = [2026-11-22T10:00:00Z]\n"
    document = await document_from(province, content, "x.toml")
    assert document == {
        "code": "2026-11-22",
        "full": "inf",
        "pass_line": 1.5,
        "when": ["2026-11-22 10:00:00+00:00"],
    }


async def test_what_no_database_keeps_is_refused(province):
    with pytest.raises(BodyRefused):
        await import_draft(province, GUO.actor, b'code = "a\\u0000"\n', "x.toml")
    huge = b'code = "' + b"x" * LARGEST_DOCUMENT + b'"\n'
    with pytest.raises(BodyTooLarge):
        await import_draft(province, GUO.actor, huge, "x.toml")


@pytest.mark.parametrize("rubric", [KC, KH, MINI], ids=["KC", "KH", "MINI"])
@pytest.mark.parametrize("language", Language)
async def test_a_rubric_goes_through_a_workbook_and_comes_back(sqlite_province, rubric, language):
    book = await workbook_of(document_of(rubric), language)
    assert await document_from(sqlite_province, book, "book.xlsx") == document_of(rubric)


@pytest.fixture
async def sqlite_province(sqlite_database, tools):
    """The administrator of the province, once: reading workbooks takes its time."""
    await add_regions()
    await an_account(tools, GUO)
    return tools


async def test_a_workbook_with_faults_becomes_a_draft_that_names_them(province, club):
    document = document_of(KC)
    document["sections"][0]["items"][0]["full"] = "4"
    book = await workbook_of(document, Language.ZH)
    imported = await import_draft(province, GUO.actor, book, "KC")
    assert [(fault.path, fault.line) for fault in imported.faults] == [("sections/0/full", None)]


async def test_a_workbook_of_something_else_is_refused(province):
    book = write_xlsx(Table("stores", ("code",), (("LZ-0007",),)))
    with pytest.raises(RubricFileRefused) as no:
        await import_draft(province, GUO.actor, book, "stores.xlsx")
    assert {fault.code for fault in no.value.faults} == {"rubric_sheet.missing"}
    with pytest.raises(RubricFileRefused):
        await import_draft(province, GUO.actor, b"PK\x03\x04 nothing", "x.xlsx")


async def test_only_administrators_of_the_whole_tree_import(province):
    with pytest.raises(NotAllowed):
        await import_draft(province, SUN.actor, FILE, "KC.toml")
    with pytest.raises(NotFound):
        await import_draft(province, TIAN.actor, FILE, "KC.toml")
