"""What a store is told about a visit: its reviewer's words and choice, never a raw note."""

import asyncio

import msgspec
import pytest

from inspection.domain.refusals import (
    MoveRefused,
    NotAllowed,
    NotFound,
    ReviewOutdated,
    ReviewOwnVisit,
)
from inspection.domain.refusals.releases import TextsChanged, TextsRefused
from inspection.domain.releases.released_text import ReleasedText
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.notices.notices import notice_of
from inspection.services.reviews.release_texts import TextsWish, keep_texts, release_texts
from tests.cast import CHEN, GUO, LI, SUN, WANG
from tests.correcting import corrected, edit
from tests.receiving import rows_of, send
from tests.releasing import approve_and_release
from tests.reviewing import a_visit, send_back, send_photo, sign, snapshot_of, visit_id
from tests.submissions import a_photo, a_submission, rubric_in, sha256_of

NOTE = "门口有杂物"
WORDS = "营业厅门前堆放杂物，请清理"
ELSEWHERE = msgspec.structs.replace(SUN.actor, region_path="/620000/620500/")


async def a_pictured_visit(tools):
    """A visit that lost an item with two photos."""
    pictures = (a_photo(1), a_photo(2))
    visit = await a_visit(tools, losses=("KC-E-01",), pictures=pictures)
    for picture in pictures:
        await send_photo(tools, picture)
    return visit, [sha256_of(picture) for picture in pictures]


async def wish(visit, *texts, by=SUN, **changes):
    seen = (await release_texts(by.actor, visit)).seen
    asked = TextsWish(attempt=1, seen=seen, texts=texts)
    return msgspec.structs.replace(asked, **changes)


def words(problem=WORDS, photos=()):
    return ReleasedText(item="KC-E-01", problem=problem, photos=tuple(photos))


async def prints(sha256):
    (row,) = await run("SELECT print_sha256 FROM photo WHERE sha256 = ?", sha256)
    return row["print_sha256"]


async def test_unless_somebody_says_otherwise_the_rubric_speaks_and_photos_go(province):
    visit, photos = await a_pictured_visit(province)
    (choice,) = (await release_texts(SUN.actor, visit)).items
    assert (choice.note, choice.problem) == (NOTE, choice.usual)
    assert NOTE not in choice.usual
    assert [photo.chosen for photo in choice.photos] == [True, True]
    await approve_and_release(province, visit)
    (line,) = await rows_of("notice_line")
    assert line["problem"] == choice.usual
    assert msgspec.json.decode(line["photos"]) == [await prints(each) for each in photos]


async def test_the_store_reads_the_reviewers_words_and_sees_the_chosen_photo(province):
    visit, photos = await a_pictured_visit(province)
    await keep_texts(province, SUN.actor, visit, await wish(visit, words(photos=photos[:1])))
    outcome = await approve_and_release(province, visit)
    signed = await sign(province, outcome.notice)
    shown = msgspec.json.encode(await notice_of(province, CHEN.actor, signed.id)).decode()
    frozen = msgspec.json.encode(await snapshot_of(signed.id)).decode()
    for told in (shown, frozen):
        assert WORDS in told
        assert NOTE not in told
    assert await prints(photos[0]) in frozen
    assert await prints(photos[1]) not in frozen


async def test_nothing_unapproved_is_in_what_a_store_can_fetch(province):
    """P07: the note, the photo left out, the words of an attempt that was sent back."""
    visit, photos = await a_pictured_visit(province)
    await keep_texts(province, SUN.actor, visit, await wish(visit, words("第一次的说法", photos)))
    await send_back(province, visit)
    pictures = (a_photo(1), a_photo(2))
    again = a_submission(visit=visit, attempt=2, losses=("KC-E-01",), pictures=pictures)
    await send(province, again)
    (choice,) = (await release_texts(SUN.actor, visit)).items
    assert choice.problem == choice.usual
    await keep_texts(province, SUN.actor, visit, await wish(visit, words(""), attempt=2))
    await approve_and_release(province, visit, attempt=2)
    (line,) = await rows_of("notice_line")
    assert (line["problem"], line["photos"]) == (choice.usual, "[]")


async def test_a_photo_that_is_not_clean_cannot_be_chosen(province):
    picture = a_photo(3)
    visit = await a_visit(province, losses=("KC-E-01",), pictures=(picture,))
    (choice,) = (await release_texts(SUN.actor, visit)).items
    assert [(photo.ready, photo.chosen) for photo in choice.photos] == [(False, False)]
    chosen = await wish(visit, words(photos=[sha256_of(picture)]))
    with pytest.raises(TextsRefused):
        await keep_texts(province, SUN.actor, visit, chosen)


async def test_every_change_is_in_the_log_and_none_is_none(province):
    visit, photos = await a_pictured_visit(province)
    (choice,) = (await release_texts(SUN.actor, visit)).items
    same = await wish(visit, words(choice.usual, photos))
    await keep_texts(province, SUN.actor, visit, same)
    assert await rows_of("released_item") == []
    await keep_texts(province, SUN.actor, visit, await wish(visit, words(photos=photos)))
    await keep_texts(province, SUN.actor, visit, await wish(visit, words("再改", photos[1:])))
    assert len(await rows_of("released_item")) == 1
    *_, first, second = await audit.events_of("visit", visit)
    assert (first.action, second.action) == ("visit.word", "visit.word")
    assert msgspec.json.decode(second.body)["changes"] == {"KC-E-01": [f"{WORDS} (2)", "再改 (1)"]}


async def test_who_may_word_what(province):
    visit = await a_visit(province)
    for person in (LI, CHEN, WANG):
        with pytest.raises(NotAllowed):
            await keep_texts(province, person.actor, visit, await wish(visit))
    with pytest.raises(NotAllowed):
        await keep_texts(province, GUO.actor, visit, await wish(visit))
    assert not (await release_texts(GUO.actor, visit)).can_edit
    with pytest.raises(NotFound):
        await release_texts(ELSEWHERE, visit)
    with pytest.raises(NotFound):
        await keep_texts(province, SUN.actor, visit_id("none"), await wish(visit))
    await run("UPDATE visit SET inspector = ?", SUN.account)
    with pytest.raises(ReviewOwnVisit):
        await keep_texts(province, SUN.actor, visit, await wish(visit))
    assert not (await release_texts(SUN.actor, visit)).can_edit


async def test_another_attempt_or_a_released_visit_is_not_worded(province):
    visit = await a_visit(province)
    with pytest.raises(ReviewOutdated):
        await keep_texts(province, SUN.actor, visit, await wish(visit, attempt=2))
    asked = await wish(visit, words())
    await approve_and_release(province, visit)
    with pytest.raises(MoveRefused):
        await keep_texts(province, SUN.actor, visit, asked)
    found = await release_texts(SUN.actor, visit)
    assert (found.open, found.can_edit) == (False, False)


async def test_two_at_one_visit_one_is_told_and_nothing_is_overwritten(province):
    visit = await a_visit(province)
    wishes = [await wish(visit, words(f"说法{n}")) for n in range(2)]
    answers = await asyncio.gather(
        *(keep_texts(province, SUN.actor, visit, each) for each in wishes), return_exceptions=True
    )
    assert [type(answer) for answer in answers if answer] == [TextsChanged]
    (row,) = await rows_of("released_item")
    assert row["problem"] == f"说法{answers.index(None)}"


async def test_an_item_nobody_answered_is_called_by_its_name(province):
    visit = await a_visit(province)
    await run("UPDATE visit_answer SET body = '{}'")
    choice, _ = (await release_texts(SUN.actor, visit)).items
    assert (choice.usual, choice.note) == ("", NOTE)
    await approve_and_release(province, visit)
    line, _ = await rows_of("notice_line", "number")
    assert line["problem"] == rubric_in().item("KC-E-01").title.zh


async def test_a_corrected_fact_is_worded_anew_in_the_words_of_whoever_corrected_it(province):
    visit, photos = await a_pictured_visit(province)
    await keep_texts(province, SUN.actor, visit, await wish(visit, words(photos=photos[:1])))
    province.now.go_on(minutes=5)
    await corrected(province, visit, edit("KC-E-01", "loss", count=1, note="门口有一辆手推车"))
    (choice,) = (await release_texts(SUN.actor, visit)).items
    assert choice.problem == choice.usual == "门口有一辆手推车，共 1 处。"
    assert choice.note == NOTE
    assert [photo.chosen for photo in choice.photos] == [True, False]
    province.now.go_on(minutes=5)
    await keep_texts(province, SUN.actor, visit, await wish(visit, words(photos=photos[:1])))
    await approve_and_release(province, visit)
    (line,) = await rows_of("notice_line")
    assert line["problem"] == WORDS
