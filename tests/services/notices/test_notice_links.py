"""A link to a notice: what it shows, how long, and that nobody guesses one."""

import hashlib

import pytest

from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound
from inspection.domain.refusals.notices import LinkReadTooOften
from inspection.persistence.statements import run
from inspection.services.notices import notice_links
from inspection.services.notices.notice_delivery_card import delivery_card
from inspection.services.notices.notice_links import (
    link_pdf,
    link_photo,
    make_link,
    read_link,
    revoke_link,
)
from inspection.services.notices.notice_prints import keep_print
from inspection.services.notices.notice_voiding import void_notice
from inspection.services.notices.notices import notice_of
from inspection.services.notices.public_looks import PER_ADDRESS
from tests.cast import CHEN, GUO, LI, WANG, ZHAO
from tests.receiving import rows_of
from tests.reviewing import a_draft, an_issued, send_photo
from tests.services.notices.linked_notices import HERE, PDF
from tests.submissions import a_photo


def token_in(made):
    return made.url.rpartition("/")[2]


async def test_a_link_shows_what_the_store_sees_and_delivers_at_the_first_look(province, clock):
    issued = await an_issued(province)
    made = await make_link(province, WANG.actor, issued.id)
    clock.go_on(hours=2)
    seen = await read_link(province, token_in(made), HERE)
    assert (seen.number, seen.state) == (issued.number, NoticeState.DELIVERED)
    same = await notice_of(province, CHEN.actor, issued.id)
    assert seen == same
    await read_link(province, token_in(made), HERE)
    card = await delivery_card(province, WANG.actor, issued.id)
    assert [(event.event, event.channel) for event in card.events] == [
        ("link_made", "link"),
        ("opened", "link"),
    ]
    (link,) = card.links
    assert (link.reads, link.over, link.last_read_at) == (2, "", clock())
    await void_notice(province, GUO.actor, issued.id, "重复")
    later = await read_link(province, token_in(made), HERE)
    assert later.state is NoticeState.VOID
    assert not (await delivery_card(province, WANG.actor, issued.id)).can_deliver
    with pytest.raises(MoveRefused):
        await make_link(province, WANG.actor, issued.id)


async def test_of_a_token_only_its_digest_is_kept(province):
    issued = await an_issued(province)
    token = token_in(await make_link(province, WANG.actor, issued.id))
    (row,) = await rows_of("notice_link")
    assert row["token_sha256"] == hashlib.sha256(token.encode()).hexdigest()
    assert len(token) >= 43
    for table in ("notice_link", "notice_delivery", "audit_event"):
        assert token not in str(await run(f"SELECT * FROM {table}"))


async def test_a_link_ends_with_its_days_or_when_it_is_taken_back(province, clock):
    issued = await an_issued(province)
    short = token_in(await make_link(province, WANG.actor, issued.id, 3))
    usual = token_in(await make_link(province, WANG.actor, issued.id, 999))
    card = await delivery_card(province, WANG.actor, issued.id)
    latest = next(link for link in card.links if (link.expires_at - link.made_at).days == 14)
    clock.go_on(days=4)
    with pytest.raises(NotFound):
        await read_link(province, short, HERE)
    await read_link(province, usual, HERE)
    await revoke_link(province, WANG.actor, issued.id, latest.id)
    for look in (
        read_link(province, usual, HERE),
        link_pdf(province, usual, HERE),
        link_photo(province, usual, HERE, 1, 1),
        revoke_link(province, WANG.actor, issued.id, latest.id),
    ):
        with pytest.raises(NotFound):
            await look
    card = await delivery_card(province, WANG.actor, issued.id)
    assert {link.over for link in card.links} == {"expired", "revoked"}


async def test_a_link_has_the_pdf_and_the_photos_of_its_notice_only(province):
    photo = a_photo()
    await send_photo(province, photo)
    issued = await an_issued(province, losses=("KC-E-01",), pictures=(photo,))
    await keep_print(province, issued.id, PDF, hashlib.sha256(PDF).hexdigest(), 1)
    token = token_in(await make_link(province, WANG.actor, issued.id))
    assert (await link_pdf(province, token, HERE)).content == PDF
    assert (await link_photo(province, token, HERE, 1, 1)).startswith(b"\xff\xd8")
    with pytest.raises(NotFound):
        await link_photo(province, token, HERE, 1, 2)


async def test_guessing_from_one_address_is_stopped_and_others_go_on(province, clock):
    issued = await an_issued(province)
    token = token_in(await make_link(province, WANG.actor, issued.id))
    for _ in range(PER_ADDRESS.capacity):
        with pytest.raises(NotFound):
            await link_photo(province, "guess", HERE, 1, 1)
    with pytest.raises(LinkReadTooOften) as refused:
        await read_link(province, token, HERE)
    assert refused.value.facts["seconds"] > 0
    await read_link(province, token, "192.0.2.8")
    clock.go_on(minutes=1)
    await read_link(province, token, HERE)


async def test_links_are_made_by_those_who_deliver_for_what_was_issued(province):
    draft = await a_draft(province)
    with pytest.raises(MoveRefused):
        await make_link(province, WANG.actor, draft)
    for person, refusal in ((CHEN, NotAllowed), (LI, NotAllowed), (ZHAO, NotFound)):
        with pytest.raises(refusal):
            await make_link(province, person.actor, draft)


async def test_a_notice_that_vanished_has_no_link(province, monkeypatch):
    issued = await an_issued(province)
    token = token_in(await make_link(province, WANG.actor, issued.id))

    async def nothing(_):
        return None

    monkeypatch.setattr(notice_links.notices, "lock_notice", nothing)
    with pytest.raises(NotFound):
        await read_link(province, token, HERE)
    monkeypatch.setattr(notice_links.notices, "find_notice", nothing)
    with pytest.raises(NotFound):
        await link_pdf(province, token, HERE)
