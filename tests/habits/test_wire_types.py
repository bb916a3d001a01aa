"""The shapes the phones' scripts are checked against are the shapes the server reads and writes."""

import re
import types
import typing
from typing import NamedTuple

import msgspec
import pytest

from inspection.domain import store_sending
from inspection.domain.notices import notice
from inspection.domain.rectifications import reply
from inspection.domain.rubrics import rubric
from inspection.domain.scoring import answers, scorecard
from inspection.domain.visits import visit
from inspection.services.appeals import appeal_results
from inspection.services.notices import notice_results, store_notice_results
from inspection.services.people import accounts
from inspection.services.rectifications import rectification_results, store_follow
from inspection.services.rounds import assignments, reinspection_tasks
from inspection.web import problems
from inspection.web.api import assignments as assignments_api
from inspection.web.api import inbox, sessions, store_notices, visits
from tests.habits.tree import ROOT

ANSWERED = {
    "Text": rubric.Text,
    "Option": rubric.Option,
    "Tier": rubric.Tier,
    "Occ": rubric.Occ,
    "Sum": rubric.Sum,
    "MeasBand": rubric.MeasBand,
    "Meas": rubric.Meas,
    "Info": rubric.Info,
    "Critical": rubric.Critical,
    "Item": rubric.Item,
    "Section": rubric.Section,
    "Band": rubric.Band,
    "Bonus": rubric.Bonus,
    "Rubric": rubric.Rubric,
    "ItemScore": scorecard.ItemScore,
    "SectionScore": scorecard.SectionScore,
    "Scorecard": scorecard.Scorecard,
    "Account": accounts.Profile,
    "SessionOut": sessions.SessionOut,
    "Problem": problems.Problem,
    "StoreOut": assignments.StoreToVisit,
    "RubricRef": assignments.RubricOfAssignment,
    "Returned": assignments.ReturnedAttempt,
    # A look has all of an assignment, and its lines.
    "Assignment": reinspection_tasks.ReinspectionOut,
    "LineToCheck": reinspection_tasks.LineToCheck,
    "ReplyToCheck": reinspection_tasks.ReplyToCheck,
    "AssignmentsOut": assignments_api.AssignmentsOut,
    "Receipt": visit.Receipt,
    "VisitSummary": visits.VisitOut,
    "VisitDetail": visits.VisitDetailOut,
    "Rescored": visits.RescoredOut,
    "StoreNoticeListed": store_notices.StoreNoticeListedOut,
    "SectionRow": notice.SectionRow,
    "LinePhoto": notice_results.LinePhoto,
    "StoreLine": store_notice_results.StoreLine,
    "StoreNotice": store_notices.StoreNoticeOut,
    "LineFollow": store_follow.LineFollow,
    "ToldPhoto": rectification_results.ToldPhoto,
    "ToldReply": rectification_results.ToldReply,
    "ToldVerdict": rectification_results.ToldVerdict,
    "ToldExtension": rectification_results.ToldExtension,
    "StoreAppeal": appeal_results.StoreAppeal,
    "AppealFile": appeal_results.AppealFileShown,
    "AppealMessage": appeal_results.StoreMessage,
    "InboxMessage": inbox.MessageOut,
    "SendingReceipt": store_sending.Receipt,
}
"""What the server says, by the name the scripts have for it."""

SENT = {
    "Answer": answers.Answer,
    "PhotoIn": visit.ManifestPhoto,
    "Place": visit.Whereabouts,
    "Presence": visit.Presence,
    "Remark": visit.Remark,
    "Submission": visit.VisitBody,
    "Signature": store_sending.Signature,
    "ReplyPhoto": reply.ReplyPhoto,
    "ReplySent": store_sending.ReplySent,
    "ExtensionSent": store_sending.ExtensionSent,
    "AppealSent": store_sending.AppealSent,
}
"""What a phone says."""

INTERFACE = re.compile(r"export interface (\w+)(?: extends (\w+))? \{(.*?)\n\}", re.DOTALL)
FIELD = re.compile(r"^  (\w+)(\?)?: (.+);$", re.MULTILINE)


class Field(NamedTuple):
    optional: bool
    nullable: bool


def interfaces() -> dict[str, dict[str, Field]]:
    text = (ROOT / "static/js/types.d.ts").read_text(encoding="utf-8")
    found: dict[str, dict[str, Field]] = {}
    for name, above, body in INTERFACE.findall(text):
        own = {
            field: Field(bool(mark), bool(re.search(r"\bnull\b", said)))
            for field, mark, said in FIELD.findall(body)
        }
        found[name] = {**found.get(above, {}), **own}
    return found


def shape(struct: type[msgspec.Struct]) -> dict[str, Field]:
    fields = {
        field.encode_name: Field(not field.required, may_be_null(field.type))
        for field in msgspec.structs.fields(struct)
    }
    tag = struct.__struct_config__.tag_field
    return {**({tag: Field(optional=False, nullable=False)} if tag else {}), **fields}


def may_be_null(type_: object) -> bool:
    if typing.get_origin(type_) is typing.Annotated:
        return may_be_null(typing.get_args(type_)[0])
    union = typing.get_origin(type_) in (types.UnionType, typing.Union)
    return union and types.NoneType in typing.get_args(type_)


@pytest.mark.parametrize("name", ANSWERED)
def test_scripts_expect_only_what_the_server_says(name):
    said, expected = shape(ANSWERED[name]), interfaces()[name]
    assert set(expected) - set(said) == set()
    surprised = {
        field
        for field, wanted in expected.items()
        if said[field].nullable and not wanted.nullable and not wanted.optional
    }
    assert surprised == set(), "the server may say null here"


@pytest.mark.parametrize("name", SENT)
def test_scripts_say_only_what_the_server_reads(name):
    read, sent = shape(SENT[name]), interfaces()[name]
    assert set(sent) - set(read) == set()
    needed = {field for field, wanted in read.items() if not wanted.optional}
    always = {field for field, given in sent.items() if not given.optional}
    assert needed - always == set(), "the server cannot do without"
    refused = {
        field for field, given in sent.items() if given.nullable and not read[field].nullable
    }
    assert refused == set(), "the server refuses null here"
