"""What the log says is worded: every action a service writes into it, about what, and the facts."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.persistence.messages.bots import BotRow
from inspection.persistence.messages.message_choices import ChoiceRow
from inspection.persistence.messages.webhooks import WebhookRow
from inspection.persistence.notices.issuers import IssuerRow
from inspection.persistence.org.kept_regions import KeptRegion
from inspection.persistence.org.kept_stores import KeptStore
from inspection.persistence.people.api_tokens import NewToken
from inspection.persistence.people.inspector_profiles import ProfileRow
from inspection.persistence.reviews.review_marks import ItemMark
from inspection.persistence.rounds.round_rows import RoundEntry
from inspection.persistence.rounds.round_schedules import ScheduleRow
from inspection.persistence.scheduled_exports import NewScheduledExport
from inspection.services import scheduled_exports
from inspection.services.audit.audit_words import field_words, noun_words
from inspection.services.changes import NOTHING
from inspection.services.notices import issuers
from inspection.services.org import region_editing, store_editing
from inspection.services.people.people import PersonFacts
from inspection.services.rounds import round_drafts, round_schedules
from inspection.wording import Language, catalogue
from tests.habits.tree import named, python_files

ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
WRITERS = {"record", "_record", "append"}
UNSAID = {"", "changes"}
"""What is no fact of its own."""


@cache
def writing() -> list[tuple[ast.Call, str]]:
    """Every call that writes an event, with its file."""
    return [
        (node, named(path))
        for path in python_files("inspection/services")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and name_of(node.func) in WRITERS
    ]


def actions() -> Iterator[tuple[str, str]]:
    """Every action that stands as such in such a call."""
    for call, file in writing():
        yield from ((text, file) for text in said_in(call))


def fields() -> Iterator[tuple[str, str]]:
    """Every fact that is named as such in such a call."""
    for call, file in writing():
        for node in ast.walk(call):
            keys = node.keys if isinstance(node, ast.Dict) else ()
            yield from ((text, file) for key in keys if (text := text_of(key)) not in UNSAID)


def nouns() -> Iterator[tuple[str, str]]:
    """The noun of every such call that says it beside an id."""
    for call, file in writing():
        pairs = [each for each in call.args if isinstance(each, ast.Tuple) and len(each.elts) == 2]
        yield from ((text, file) for pair in pairs if (text := text_of(pair.elts[0])))


def text_of(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def name_of(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def said_in(call: ast.Call) -> Iterator[str]:
    """The action of a call: named so, or, of `record`, standing among the rest."""
    named_so = [word.value for word in call.keywords if word.arg == "action"]
    among = [] if name_of(call.func) == "append" else call.args
    for each in (*named_so, *among):
        text = each.value if isinstance(each, ast.Constant) else None
        if isinstance(text, str) and ACTION.fullmatch(text):
            yield text


def test_there_are_actions():
    assert len(set(actions())) > 50


@pytest.mark.parametrize("language", Language)
def test_every_action_has_its_words(language):
    words = catalogue(language)
    assert {one for one in actions() if f"audit_action.{one[0]}" not in words} == set()


COMPARED = [
    (KeptStore, store_editing.BESIDE),
    (KeptRegion, region_editing.BESIDE),
    (ScheduleRow, round_schedules.BESIDE),
    (RoundEntry, round_drafts.BESIDE),
    (IssuerRow, issuers.BESIDE),
    (PlanChoice, NOTHING),
    (PersonFacts, NOTHING),
    (ProfileRow, {"id"}),
    (ItemMark, NOTHING),
    (WebhookRow, {"id", "sealed", "sealed_old"}),
    (BotRow, {"id", "sealed"}),
    (NewToken, {"id", "token_hash", "account", "created_at"}),
    (NewScheduledExport, scheduled_exports.BESIDE),
    (ChoiceRow, {"mail_token_hash", "mail_asked_at"}),
]
"""What is compared field by field, and what of it the log leaves out."""


@pytest.mark.parametrize(("struct", "beside"), COMPARED)
def test_every_field_that_is_compared_has_its_words(struct, beside):
    told = [name for name in struct.__struct_fields__ if name not in beside]
    assert [name for name in told if field_words(Language.ZH, name) == name] == []


def test_every_noun_has_its_words_and_can_be_chosen():
    words = dict(noun_words(Language.ZH))
    assert {one for one in nouns() if one[0] not in words} == set()


def test_every_fact_has_its_words():
    assert {one for one in fields() if field_words(Language.ZH, one[0]) == one[0]} == set()
