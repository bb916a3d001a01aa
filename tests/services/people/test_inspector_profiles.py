"""Where inspectors set out from and what they can take on."""

import msgspec
import pytest

from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.refusals.proposals import PlanChanged, PlanRefused
from inspection.persistence.audit import audit
from inspection.services.people.inspector_profiles import ProfileWish, keep_profile, profile_page
from tests.cast import CHENGGUAN, GUO, LANZHOU, LI, REGION_PATHS, WANG

HOME = REGION_PATHS[CHENGGUAN]


def a_wish(seen=" None None", home=HOME, per_round=8, per_day=None):
    return ProfileWish(home=home, per_round=per_round, per_day=per_day, seen=seen)


async def test_a_profile_is_kept_with_what_was_before(tools, province):
    await keep_profile(tools, GUO.actor, LI.account, a_wish())
    page = await profile_page(tools, GUO.actor, LI.account)
    assert (page.row.home, page.row.per_round, page.row.per_day) == (HOME, 8, None)
    assert {region.level for region in page.regions} == {"branch", "county"}
    await keep_profile(tools, GUO.actor, LI.account, a_wish(page.seen, home="", per_day=2))
    event = (await audit.events_of("account", LI.account))[-1]
    assert msgspec.json.decode(event.body)["changes"] == {"home": [HOME, ""], "per_day": [None, 2]}


async def test_the_same_again_is_no_event_and_another_page_is_a_conflict(tools, province):
    await keep_profile(tools, GUO.actor, LI.account, a_wish())
    before = await audit.events_of("account", LI.account)
    await keep_profile(tools, GUO.actor, LI.account, a_wish())
    assert await audit.events_of("account", LI.account) == before
    with pytest.raises(PlanChanged):
        await keep_profile(tools, GUO.actor, LI.account, a_wish(per_round=9))


async def test_what_cannot_be_is_refused_by_name(tools, province):
    with pytest.raises(PlanRefused) as refused:
        await keep_profile(tools, GUO.actor, LI.account, a_wish(home="/9/", per_round=0))
    assert [fault.pointer for fault in refused.value.faults] == ["/per_round", "/home"]


async def test_only_administrators_of_the_whole_know_inspectors(tools, province):
    with pytest.raises(NotAllowed):
        await profile_page(tools, WANG.actor, LI.account)
    for somebody, account in ((GUO, WANG.account), (GUO, "nobody")):
        with pytest.raises(NotFound):
            await profile_page(tools, somebody.actor, account)
    branch = msgspec.structs.replace(GUO, region=LANZHOU)
    with pytest.raises(NotFound):
        await profile_page(tools, branch.actor, LI.account)
