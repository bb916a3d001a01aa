"""What pages about appeals show: one shape for the staff, poorer ones for store and inspector."""

from datetime import datetime
from typing import Literal

import msgspec

from inspection.domain.appeals.appeal import Advice, AppealState, Ground, Voice
from inspection.domain.appeals.appeal_answers import Lesser
from inspection.domain.listing import ListAsked
from inspection.domain.points import Hundredths
from inspection.domain.rubrics.rubric import Text
from inspection.services.people.places import RoundLabel, StoreLabel

NotNow = Literal["", "taken", "closed", "nothing_lost", "notice_over"]
"""Why a line is not appealed against."""

Blocked = Literal["", "own_work", "opinion_awaited", "over"]
Saying = Literal["file", "say", "advise", "decide", "withdraw"]


class AppealFileShown(msgspec.Struct, frozen=True, kw_only=True):
    """A file of an appeal by its place. `ready`: there is something to show or to save."""

    k: int
    kind: str
    name: str
    size: int
    ready: bool
    refused: bool


class ThreadEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was said or done, as the staff reads it: inspectors by their pseudonyms."""

    what: Saying
    voice: Voice
    shown: str
    text: str
    at: datetime
    number: int = 0
    to_store: bool = False
    to_inspector: bool = False
    word: str = ""


class AppealDetail(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal for those who advise and decide. `blocked` says why the caller does not decide;
    `visit` is empty for whoever may not know it.
    """

    id: str
    notice: str
    number: str | None
    line: int
    visit: str
    store: StoreLabel
    round: RoundLabel
    item: str
    title: Text
    standard: Text
    full: Hundredths
    measured: str
    unit: Text
    severity: str
    problem: str
    evidence: int
    ground: Ground
    text: str
    state: AppealState
    frozen: bool
    old_lost: Hundredths
    new_lost: Hundredths | None
    filed_by: str
    filed_at: datetime
    opinion_due_at: datetime
    decision_due_at: datetime
    advice: Advice | None
    reason: str
    decided_by: str
    decided_at: datetime | None
    amended: str
    amended_number: str
    notice_void: bool
    files: tuple[AppealFileShown, ...]
    thread: tuple[ThreadEntry, ...]
    choices: tuple[Lesser, ...]
    can_say: bool
    can_ask: bool
    can_advise: bool
    can_decide: bool
    blocked: Blocked
    locked: bool
    version: int

    @property
    def open(self) -> bool:
        """Whether somebody still owes an answer."""
        return self.state in (AppealState.FILED, AppealState.ADVISED)


class AppealListed(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal in the staff's list. `due_at` is None once it is over."""

    id: str
    number: str | None
    line: int
    item: str
    title: Text
    state: AppealState
    ground: Ground
    old_lost: Hundredths
    new_lost: Hundredths | None
    frozen: bool
    filed_at: datetime
    due_at: datetime | None
    over_at: datetime | None
    store: StoreLabel
    round_code: str


class AppealsAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which appeals somebody wants to see: `tab` is waiting, decided or empty for all."""

    asked: ListAsked = ListAsked()
    tab: Literal["", "waiting", "decided"] = ""
    ground: str = ""
    region: str = ""


class AppealList(msgspec.Struct, frozen=True, kw_only=True):
    """One page of appeals, with how many wait and how many are decided."""

    rows: tuple[AppealListed, ...]
    total: int
    sort: str
    next_cursor: str | None
    waiting: int
    decided: int


class OwnAppealShown(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal in the list of a store or of an inspector."""

    id: str
    number: str
    item: str
    title: Text
    state: AppealState
    ground: Ground
    old_lost: Hundredths
    new_lost: Hundredths | None
    filed_at: datetime
    store_name: str = ""


class StoreMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Something said, as the store reads it: its own words with their time, everybody else's as
    the inspecting side's, without one.
    """

    own: bool
    text: str
    at: datetime | None


class StoreAppeal(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal as its store sees it: copied field by field. Who inspected, reviewed, advised or
    decided is not in it, nor when anybody of them spoke.
    """

    id: str
    notice: str
    number: str
    line: int
    item: str
    title: Text
    problem: str
    photos: int
    ground: Ground
    text: str
    state: AppealState
    frozen: bool
    old_lost: Hundredths
    new_lost: Hundredths | None
    filed_by: str
    filed_at: datetime
    opinion_due_at: datetime
    decision_due_at: datetime
    reason: str
    decided_at: datetime | None
    amended: str
    amended_number: str
    notice_void: bool
    files: tuple[AppealFileShown, ...]
    messages: tuple[StoreMessage, ...]
    can_say: bool
    can_withdraw: bool
    version: int


class InspectorAppeal(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal as whoever inspected sees it: what is disputed, what they are asked, what was
    decided and why.
    """

    id: str
    store_name: str
    item: str
    title: Text
    standard: Text
    problem: str
    ground: Ground
    text: str
    state: AppealState
    old_lost: Hundredths
    new_lost: Hundredths | None
    reason: str
    decided_at: datetime | None
    thread: tuple[ThreadEntry, ...]
    can_say: bool


class AppealItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item of a line that may be appealed against."""

    code: str
    title: Text
    lost: Hundredths


class AppealForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form to appeal shows of the line, and whether it may be sent. `items` are those to
    choose among where the line is about several.
    """

    notice: str
    number: str
    line: int
    item: str
    title: Text
    problem: str
    photos: int
    lost: Hundredths
    freezes: bool
    closes_at: datetime | None
    blocked: NotNow
    appeal: str
    items: tuple[AppealItem, ...]
