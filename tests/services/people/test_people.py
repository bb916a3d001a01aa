"""Adding people, listing them, and who keeps whom."""

import pytest

from inspection.domain.access import Role
from inspection.domain.listing import ListAsked
from inspection.domain.people.person import PersonState
from inspection.domain.plain_text import TextTooLong
from inspection.domain.refusals import (
    AccountExists,
    AccountIncomplete,
    BodyRefused,
    NotAllowed,
    NotFound,
    PseudonymRefused,
    PseudonymTaken,
)
from inspection.services.people import people_pages, sessions
from inspection.services.people.people_pages import PeopleAsked
from tests.cast import (
    ANNING,
    CHEN,
    CHENGGUAN,
    GUO,
    LANZHOU,
    LI,
    PASSWORD,
    PROVINCE,
    QINZHOU_CLUB,
    REGION_PATHS,
    SUN,
    TIANSHUI,
    WANG,
    ZHAO,
    Person,
)
from tests.makers import an_account
from tests.services.people.kept_people import PHONE, add, detail, said_of

HE = Person(sign_in="he", name="何平", role=Role.ADMINISTRATOR, region=LANZHOU)
"""An administrator of one branch."""


async def names(by=GUO.actor, **asked):
    words = {name: asked.pop(name) for name in ("q", "sort", "cursor", "size") if name in asked}
    found = await people_pages.named_people(by, PeopleAsked(asked=ListAsked(**words), **asked))
    return [row.person.name for row in found.rows]


async def test_somebody_new_is_invited_and_cannot_sign_in(province):
    account = await add(province)
    found = (await detail(province, account)).person
    assert (found.state, found.pseudonym) == (PersonState.INVITED, "A-022")
    for password in ("", "nobody has this password"):
        with pytest.raises(sessions.SignInRefused):
            await sessions.sign_in(province, "0931001", password, PHONE)
    assert (await said_of(account))[0] == (
        "account.create",
        {"sign_in": [None, "0931001"], "name": [None, "马小兰"], "role": [None, "inspector"],
         "region": [None, ""], "store": [None, ""], "pseudonym": [None, "A-022"]},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"role": Role.REVIEWER}, AccountIncomplete),
        ({"role": Role.STORE_STAFF}, AccountIncomplete),
        ({"role": Role.REVIEWER, "region": "999999"}, NotFound),
        ({"role": Role.STORE_STAFF, "store": "XX-1"}, NotFound),
        ({"name": " "}, BodyRefused),
        ({"name": "x" * 61}, TextTooLong),
        ({"sign_in": "  "}, BodyRefused),
        ({"sign_in": " ＬＩ "}, AccountExists),
        ({"sign_in": "ﷺ" * 4}, TextTooLong),
        ({"pseudonym": LI.pseudonym}, PseudonymTaken),
        ({"pseudonym": "A 1"}, PseudonymRefused),
    ],
)
async def test_an_account_that_could_not_work_is_refused(province, changes, refusal):
    before = len(await names())
    with pytest.raises(refusal):
        await add(province, **changes)
    assert len(await names()) == before


@pytest.mark.parametrize("person", [LI, SUN, WANG, CHEN])
async def test_only_administrators_keep_people(province, person):
    with pytest.raises(NotAllowed):
        await add(province, by=person.actor)
    with pytest.raises(NotAllowed):
        await people_pages.named_people(person.actor, PeopleAsked(asked=ListAsked()))


async def test_a_branch_administrator_sees_and_keeps_their_branch_only(province):
    await an_account(province, HE)
    assert sorted(await names(HE.actor)) == sorted([WANG.name, CHEN.name, HE.name])
    for somebody in (LI, ZHAO, GUO, SUN):
        with pytest.raises(NotFound):
            await detail(province, somebody.account, HE.actor)
    for changes, refusal in (
        ({}, AccountIncomplete),
        ({"region": TIANSHUI}, NotFound),
        ({"role": Role.ADMINISTRATOR, "region": PROVINCE}, NotFound),
        ({"role": Role.STORE_STAFF, "store": QINZHOU_CLUB}, NotFound),
    ):
        with pytest.raises(refusal):
            await add(province, by=HE.actor, **changes)
    account = await add(province, by=HE.actor, region=CHENGGUAN)
    assert (await detail(province, account, HE.actor)).person.region == CHENGGUAN
    with pytest.raises(NotFound):
        await people_pages.named_people(
            HE.actor, PeopleAsked(asked=ListAsked(), region=REGION_PATHS[TIANSHUI])
        )


async def test_the_list_is_searched_filtered_sorted_and_paged(province):
    await add(province, region=ANNING)
    assert await names(q="A-017") == [LI.name]
    assert await names(q="东方红") == [CHEN.name]
    assert await names(state="invited") == ["马小兰"]
    assert await names(role="reviewer") == [SUN.name]
    branch = await names(region=REGION_PATHS[LANZHOU])
    assert sorted(branch) == sorted([WANG.name, CHEN.name, "马小兰"])
    with pytest.raises(NotFound):
        await names(region="/620000/9/")
    asked = ListAsked(sort="sign_in", size=2)
    found = await people_pages.named_people(GUO.actor, PeopleAsked(asked=asked))
    assert [row.person.sign_in for row in found.rows] == ["0931001", "chen"]
    assert found.total == 9
    asked = ListAsked(sort="sign_in", size=2, cursor=found.next_cursor)
    found = await people_pages.named_people(GUO.actor, PeopleAsked(asked=asked))
    assert [row.person.sign_in for row in found.rows] == ["deng", "guo"]
    assert [row.name_en for row in found.rows[0].regions] == ["Gansu", "Tianshui", "Qinzhou"]


async def test_a_list_says_when_somebody_was_last_seen(province, clock):
    await sessions.sign_in(province, LI.sign_in, PASSWORD, PHONE)
    found = await people_pages.named_people(GUO.actor, PeopleAsked(asked=ListAsked(q="李")))
    assert [row.seen_at for row in found.rows] == [clock()]
    assert await names(q="nobody") == []
