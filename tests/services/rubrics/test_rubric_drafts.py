"""Drafts of rubrics: begun, kept over what was seen, thrown away; nobody's work is lost."""

import asyncio
import json

import pytest

from inspection.domain.refusals import (
    BodyTooLarge,
    MoveRefused,
    NotAllowed,
    NotFound,
    RubricCodeTaken,
    RubricDraftChanged,
    RubricStartRefused,
)
from inspection.domain.rubrics.rubric_document import LARGEST_DOCUMENT
from inspection.domain.rubrics.rubric_draft import DraftState
from inspection.domain.rubrics.rubric_writer import document_of
from inspection.persistence.audit import audit
from inspection.services.rubrics.rubric_drafts import (
    NewRubric,
    check_draft,
    discard_draft,
    draft_of,
    keep_draft,
    start_draft,
)
from tests.cast import GUO, LI, SUN, WANG
from tests.domain.sheets import KC
from tests.rubric_drafting import HE, NEW, TIAN, changed


async def test_a_draft_begins_as_the_version_it_is_based_on(province, club):
    draft = await start_draft(province, GUO.actor, club)
    found = await draft_of(GUO.actor, draft)
    assert found.document == document_of(KC)
    assert (found.code, found.seen, found.state) == ("KC", 0, DraftState.EDITING)
    assert found.based_on is not None
    assert (found.based_on.digest, found.author, found.can_edit) == (club, GUO.name, True)
    assert found.report.faults == ()
    assert (await draft_of(SUN.actor, draft)).can_edit is False


async def test_a_draft_from_nothing_has_the_usual_grades_and_no_section(province):
    draft = await start_draft(province, GUO.actor, NEW)
    found = await draft_of(GUO.actor, draft)
    assert [band["title"]["en"] for band in found.document["bands"]] == [
        "Excellent",
        "Good",
        "Adequate",
        "Inadequate",
    ]
    assert {fault.path for fault in found.report.faults} == {"sections", "full"}
    assert (found.title.zh, found.based_on, found.document["edition"]) == (
        "新评分表",
        None,
        "2026",
    )


async def test_a_new_rubric_takes_no_code_that_is_published(province, club):
    taken = NewRubric(code="KC", title_zh="又一张", title_en="Again", store_kind="customer_club")
    with pytest.raises(RubricCodeTaken):
        await start_draft(province, GUO.actor, taken)


async def test_a_new_rubric_says_what_it_is(province):
    with pytest.raises(RubricStartRefused) as no:
        await start_draft(
            province,
            GUO.actor,
            NewRubric(code="k c", title_zh="", title_en="a\nb", store_kind="kiosk"),
        )
    assert [fault.pointer for fault in no.value.faults] == [
        "/code",
        "/title_zh",
        "/title_en",
        "/store_kind",
    ]


async def test_an_unknown_version_begins_nothing(province):
    with pytest.raises(NotFound):
        await start_draft(province, GUO.actor, "0" * 64)


async def test_a_faulty_document_is_kept_with_its_faults(province, club):
    draft = await start_draft(province, GUO.actor, club)
    document = changed(document_of(KC), ("sections", 0, "items", 0, "full"), "4")
    report = await keep_draft(province, GUO.actor, draft, document, 0)
    assert report.seen == 1
    assert [fault.path for fault in report.faults] == ["sections/0/full"]
    assert report.sums.sections[0].together == 2100
    assert (await draft_of(GUO.actor, draft)).document == document


async def test_keeping_says_what_was_and_what_is(province, club):
    draft = await start_draft(province, GUO.actor, club)
    document = changed(document_of(KC), ("sections", 0, "items", 0, "title", "zh"), "门前")
    await keep_draft(province, GUO.actor, draft, document, 0)
    *_, event = await audit.events_of("rubric_draft", draft)
    assert (event.action, event.actor) == ("rubric_draft.edit", GUO.account)
    assert json.loads(event.body)["changes"] == {
        "sections/KC-E/items/KC-E-01/title/zh": [KC.sections[0].items[0].title.zh, "门前"]
    }


async def test_the_same_again_changes_nothing_whatever_was_seen(province, club):
    draft = await start_draft(province, GUO.actor, club)
    document = changed(document_of(KC), ("edition",), "2027")
    await keep_draft(province, GUO.actor, draft, document, 0)
    report = await keep_draft(province, GUO.actor, draft, {**document, "pass": None}, 0)
    assert report.seen == 1
    assert len(await audit.events_of("rubric_draft", draft)) == 2


async def test_somebody_elses_wording_is_never_overwritten(province, club):
    draft = await start_draft(province, GUO.actor, club)
    theirs = changed(document_of(KC), ("edition",), "2027")
    await keep_draft(province, HE.actor, draft, theirs, 0)
    with pytest.raises(RubricDraftChanged) as no:
        await keep_draft(province, GUO.actor, draft, document_of(KC), 0)
    assert no.value.facts == {"name": HE.name, "seen": 1}
    found = await draft_of(GUO.actor, draft)
    assert (found.document, found.changed_by) == (theirs, HE.name)
    assert (found.changed_by_you, (await draft_of(HE.actor, draft)).changed_by_you) == (False, True)


async def test_of_many_at_once_one_is_kept(province, club):
    draft = await start_draft(province, GUO.actor, club)
    wordings = [changed(document_of(KC), ("edition",), f"2027-{n}") for n in range(6)]
    ends = await asyncio.gather(
        *(keep_draft(province, GUO.actor, draft, wording, 0) for wording in wordings),
        return_exceptions=True,
    )
    assert sum(isinstance(end, RubricDraftChanged) for end in ends) == 5
    assert (await draft_of(GUO.actor, draft)).seen == 1


async def test_a_document_beyond_any_rubric_is_refused(province, club):
    draft = await start_draft(province, GUO.actor, club)
    huge = {"code": "x" * LARGEST_DOCUMENT}
    with pytest.raises(BodyTooLarge):
        await keep_draft(province, GUO.actor, draft, huge, 0)
    with pytest.raises(BodyTooLarge):
        await check_draft(GUO.actor, draft, huge)


async def test_checking_keeps_nothing(province, club):
    draft = await start_draft(province, GUO.actor, club)
    checked = await check_draft(GUO.actor, draft, {"code": "KC"})
    assert checked.rubric is None
    assert (await draft_of(GUO.actor, draft)).document == document_of(KC)


async def test_a_discarded_draft_is_kept_and_nobody_goes_on_with_it(province, club):
    draft = await start_draft(province, GUO.actor, club)
    with pytest.raises(RubricDraftChanged):
        await discard_draft(province, GUO.actor, draft, 7)
    await discard_draft(province, GUO.actor, draft, 0)
    found = await draft_of(GUO.actor, draft)
    assert (found.state, found.can_edit) == (DraftState.DISCARDED, False)
    with pytest.raises(MoveRefused):
        await keep_draft(province, GUO.actor, draft, {}, 0)
    with pytest.raises(MoveRefused):
        await discard_draft(province, GUO.actor, draft, 0)


async def test_only_administrators_write_and_only_judges_read(province, club):
    draft = await start_draft(province, GUO.actor, club)
    for person in (LI, WANG):
        with pytest.raises(NotAllowed):
            await draft_of(person.actor, draft)
    for person in (LI, WANG, SUN):
        with pytest.raises(NotAllowed):
            await start_draft(province, person.actor, club)
        with pytest.raises(NotAllowed):
            await keep_draft(province, person.actor, draft, {}, 0)


async def test_an_administrator_of_a_branch_finds_no_draft(province, club):
    draft = await start_draft(province, GUO.actor, club)
    with pytest.raises(NotFound):
        await draft_of(TIAN.actor, draft)
    with pytest.raises(NotFound):
        await keep_draft(province, TIAN.actor, draft, {}, 0)
    with pytest.raises(NotFound):
        await start_draft(province, TIAN.actor, club)
    with pytest.raises(NotFound):
        await draft_of(GUO.actor, "none")
    with pytest.raises(NotFound):
        await discard_draft(province, GUO.actor, "none", 0)
