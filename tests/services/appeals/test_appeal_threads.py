"""Who says what to whom: the store reads no name, the inspector only what concerns them."""

from datetime import timedelta

import pytest

from inspection.domain.appeals.appeal import Advice, AppealMove, AppealState, Voice
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound
from inspection.domain.refusals.appeals import AppealChanged, AppealTextMissing, AttachmentsTooMany
from inspection.persistence.statements import run
from inspection.services.appeals import attachments, inspector_appeals, store_appeals
from inspection.services.appeals.appeal_files import appeal_document, appeal_photo
from inspection.services.appeals.appeal_pages import appeal_detail
from inspection.services.appeals.appeal_threads import Opinion, Saying, add_message, advise_appeal
from inspection.services.appeals.appeals import withdraw_appeal
from inspection.services.appeals.attachments import SentFile, keep_files
from inspection.services.photos.photo_cleaning import clean_photo
from tests.appealing import (
    ADVISED,
    HE,
    PDF,
    REASON,
    SAID,
    a_delivered,
    advised,
    an_appeal,
    decided,
    decided_later,
    filed,
    papers,
)
from tests.cast import CHEN, DENG, GUO, LI, MA, SUN, WANG, ZHAO
from tests.makers import an_account
from tests.receiving import rows_of
from tests.submissions import a_photo

ANSWER = "当天未上二楼，二楼门口有会员止步牌"
QUESTION = "二楼贵宾室当时是否开放？"


async def say(tools, appeal, by, text, **more):
    return await add_message(tools, by.actor, appeal, Saying(text=text, **more))


async def told():
    rows = await run("SELECT account, kind FROM inbox_message ORDER BY kind, account")
    return [(row["account"], row["kind"]) for row in rows if row["kind"].startswith("appeal")]


async def test_the_whole_thread_as_each_side_reads_it(province, clock):
    appeal = await an_appeal(province)
    clock.go_on(minutes=5)
    assert await say(province, appeal, GUO, QUESTION, to_inspector=True) == 1
    clock.go_on(minutes=5)
    await say(province, appeal, LI, ANSWER)
    clock.go_on(minutes=5)
    await say(province, appeal, GUO, "已向检查方核实", to_store=True)
    await say(province, appeal, CHEN, "补充一张照片")
    clock.go_on(minutes=5)
    await advised(province, appeal)
    await decided(province, appeal)
    staff = await appeal_detail(province, SUN.actor, appeal)
    assert [(entry.what, entry.voice, entry.shown) for entry in staff.thread] == [
        ("file", Voice.STORE, CHEN.name),
        ("say", Voice.REVIEWER, GUO.name),
        ("say", Voice.INSPECTOR, LI.pseudonym),
        ("say", Voice.REVIEWER, GUO.name),
        ("say", Voice.STORE, CHEN.name),
        ("advise", Voice.REGION, WANG.name),
        ("decide", Voice.REVIEWER, GUO.name),
    ]
    store = await store_appeals.store_appeal(CHEN.actor, appeal)
    assert [(m.own, m.text, m.at is None) for m in store.messages] == [
        (False, "已向检查方核实", True),
        (True, "补充一张照片", False),
    ]
    assert (store.reason, store.state, store.can_say) == (REASON, AppealState.UPHELD, False)
    own = await inspector_appeals.inspector_appeal(LI.actor, appeal)
    assert [entry.text for entry in own.thread] == [QUESTION, ANSWER]
    assert (own.reason, own.text) == (REASON, SAID)


async def test_what_reaches_the_store_holds_nobody_of_the_other_side(province):
    appeal = await an_appeal(province)
    await say(province, appeal, GUO, QUESTION, to_inspector=True)
    await say(province, appeal, LI, ANSWER)
    await advised(province, appeal)
    await decided(province, appeal)
    seen = repr(await store_appeals.store_appeal(CHEN.actor, appeal))
    seen += repr(await store_appeals.own_appeals(CHEN.actor))
    people = (LI, SUN, GUO, WANG)
    hidden = [each.name for each in people] + [each.account for each in people]
    hidden += [LI.pseudonym, ANSWER, QUESTION, ADVISED, (await rows_of("visit"))[0]["id"]]
    assert [word for word in hidden if word in seen] == []


async def test_those_concerned_are_told(province):
    appeal = await an_appeal(province)
    assert await told() == [(SUN.account, "appeal.filed"), (WANG.account, "appeal.filed")]
    await say(province, appeal, GUO, QUESTION, to_inspector=True)
    await say(province, appeal, GUO, "请补充", to_store=True)
    await say(province, appeal, WANG, "内部说明")
    await decided_later(province, appeal)
    assert set(await told()) == {
        (SUN.account, "appeal.filed"),
        (WANG.account, "appeal.filed"),
        (LI.account, "appeal.asked"),
        (CHEN.account, "appeal.answered"),
        (CHEN.account, "appeal.decided"),
        (WANG.account, "appeal.decided"),
    }


async def test_nobody_says_anything_where_they_are_not_heard(province):
    appeal = await an_appeal(province)
    for stranger in (DENG, ZHAO, MA, LI):
        with pytest.raises(NotFound):
            await say(province, appeal, stranger, "?")
    with pytest.raises(AppealTextMissing):
        await say(province, appeal, CHEN, " ")
    await withdraw_appeal(province, CHEN.actor, appeal)
    with pytest.raises(MoveRefused):
        await say(province, appeal, CHEN, "还有")


async def test_a_store_and_a_region_address_nobody_but_who_decides(province):
    appeal = await an_appeal(province)
    await say(province, appeal, CHEN, "给检查员", to_inspector=True)
    await say(province, appeal, WANG, "给门店", to_store=True)
    rows = await rows_of("appeal_message", "number")
    assert [(r["voice"], r["to_store"], r["to_inspector"]) for r in rows] == [
        ("store", True, False),
        ("region", False, False),
    ]


async def test_an_opinion_is_given_once(province, clock):
    appeal = await an_appeal(province)
    opinion = Opinion(advice=Advice.REJECT, text=ADVISED, seen=9)
    with pytest.raises(AppealChanged):
        await advise_appeal(province, WANG.actor, appeal, opinion)
    clock.go_on(hours=3)
    await advised(province, appeal, Advice.REJECT)
    await advised(province, appeal, Advice.REJECT)
    with pytest.raises(MoveRefused):
        await advised(province, appeal, Advice.UPHOLD)
    with pytest.raises(NotAllowed):
        await advised(province, appeal, by=SUN)
    found = await appeal_detail(province, WANG.actor, appeal)
    assert found.decision_due_at == clock.time + timedelta(hours=48)
    assert (found.state, found.advice, found.can_advise) == ("advised", Advice.REJECT, False)


async def test_a_page_says_who_may_decide_and_why_not(province, clock):
    appeal = await an_appeal(province)
    await an_account(province, HE)
    seen = {
        person.sign_in: (await appeal_detail(province, person.actor, appeal))
        for person in (WANG, SUN, HE)
    }
    assert [(seen[name].can_decide, seen[name].blocked) for name in ("wang", "sun", "he")] == [
        (False, ""),
        (False, "own_work"),
        (False, "opinion_awaited"),
    ]
    assert (seen["wang"].visit, seen["sun"].visit != "") == ("", True)
    assert (seen["wang"].can_advise, seen["wang"].can_ask, seen["he"].can_ask) == (
        True,
        False,
        True,
    )
    clock.go_on(hours=25)
    assert (await appeal_detail(province, HE.actor, appeal)).can_decide
    await decided(province, appeal, AppealMove.REJECT)
    over = await appeal_detail(province, HE.actor, appeal)
    assert (over.can_decide, over.blocked, over.open) == (False, "over", False)


async def test_the_inspector_is_not_told_before_somebody_asks(province):
    appeal = await an_appeal(province)
    assert await inspector_appeals.asked_appeals(LI.actor) == ()
    with pytest.raises(NotFound):
        await inspector_appeals.inspector_appeal(LI.actor, appeal)
    await decided_later(province, appeal)
    (row,) = await inspector_appeals.asked_appeals(LI.actor)
    assert (row.id, row.state) == (appeal, AppealState.REJECTED)
    assert await inspector_appeals.asked_appeals(MA.actor) == ()


async def test_files_come_back_cleaned_or_as_they_came(province):
    photo = a_photo(7)
    sent = (SentFile("二楼.jpg", photo), SentFile("记录.pdf", PDF), SentFile("again.pdf", PDF))
    kept = await keep_files(province, CHEN.actor, sent)
    assert (len(kept.photos), len(kept.documents)) == (1, 1)
    assert await attachments.kept_names(CHEN.actor, kept) == ("记录.pdf",)
    notice = await a_delivered(province)
    appeal = (await filed(province, notice, files=kept)).id
    with pytest.raises(NotFound):
        await appeal_photo(province, CHEN.actor, appeal, 1)
    await clean_photo(province, kept.photos[0])
    for size in ("evidence", "thumb"):
        assert (await appeal_photo(province, GUO.actor, appeal, 1, size)).startswith(b"\xff\xd8")
    document = await appeal_document(province, WANG.actor, appeal, 2)
    assert (document.name, document.content) == ("记录.pdf", PDF)
    for k in (1, 3):
        with pytest.raises(NotFound):
            await appeal_document(province, WANG.actor, appeal, k)
    await say(province, appeal, GUO, QUESTION, to_inspector=True)
    with pytest.raises(NotFound):
        await appeal_document(province, LI.actor, appeal, 2)
    await say(province, appeal, CHEN, "同一份", files=kept)
    assert len(await rows_of("appeal_file")) == 2


async def test_there_is_room_for_so_many_files(province):
    documents = [SentFile(f"{n}.pdf", PDF + b"%%EOF" * n) for n in range(7)]
    with pytest.raises(AttachmentsTooMany):
        await keep_files(province, CHEN.actor, tuple(documents))
    first = await keep_files(province, CHEN.actor, tuple(documents[:6]))
    rest = await keep_files(province, CHEN.actor, tuple(documents[6:]))
    appeal = (await filed(province, await a_delivered(province), files=first)).id
    with pytest.raises(AttachmentsTooMany):
        await say(province, appeal, CHEN, "还有一份", files=papers(*rest.documents))
    with pytest.raises(NotAllowed):
        await keep_files(province, LI.actor, ())
