"""Drafts of rubrics as tests begin and change them."""

import copy

from inspection.services.rubrics.rubric_approvals import Judgement
from inspection.services.rubrics.rubric_drafts import NewRubric, draft_of, keep_draft, start_draft
from tests.cast import GUO, LANZHOU, PROVINCE, Person

HE = Person(sign_in="he", name="何志强", role=GUO.role, region=PROVINCE)
"""Another administrator of the province."""

TIAN = Person(sign_in="tian", name="田园", role=GUO.role, region=LANZHOU)
"""An administrator of one branch: what is for the whole tree is not theirs."""

NEW = NewRubric(code="XY", title_zh="新评分表", title_en="New card", store_kind="storefront")

YES = Judgement(decision="approve", seen=1)
NO = Judgement(decision="veto", seen=1, reason="  KC-F-01 缺一档扣分。 ")


def changed(document, path, value):
    """The document with one value changed."""
    document = copy.deepcopy(document)
    *above, last = path
    inner = document
    for part in above:
        inner = inner[part]
    inner[last] = value
    return document


async def a_draft(tools, digest, by=GUO, edition="2027"):
    """A draft of the next edition, without a fault; its id."""
    draft = await start_draft(tools, by.actor, digest)
    document = changed((await draft_of(by.actor, draft)).document, ("edition",), edition)
    await keep_draft(tools, by.actor, draft, document, 0)
    return draft
