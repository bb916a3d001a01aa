"""What people are told: the kinds, who may be told of each, what it may say and on which ways."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from inspection.domain.access import Role

Fact = str | int | datetime


class Channel(StrEnum):
    """A way to reach somebody beside the inbox, which everybody has."""

    PUSH = "push"
    MAIL = "mail"
    BOT = "bot"
    WEBHOOK = "webhook"


PERSONAL = (Channel.PUSH, Channel.MAIL)
"""The ways a person chooses for themselves."""


class MessageKind(StrEnum):
    """What happened, noun first. Its words are `message.<kind>.title` and `.body`."""

    NOTICE_ISSUED = "notice.issued"
    NOTICE_AMENDED = "notice.amended"
    NOTICE_VOID = "notice.void"
    NOTICE_WAITING = "notice.waiting"
    NOTICE_RETURNED = "notice.returned"
    NOTICE_URGED = "notice.urged"
    NOTICE_ESCALATED = "notice.escalated"
    NOTICE_POSTED = "notice.posted"
    DEADLINE_NEAR = "deadline.near"
    DEADLINE_REACHED = "deadline.reached"
    DEADLINE_PAST = "deadline.past"
    REPLY_SUBMITTED = "reply.submitted"
    REPLY_RETURNED = "reply.returned"
    REPLY_VERIFIED = "reply.verified"
    LINE_REOPENED = "line.reopened"
    EXTENSION_ASKED = "extension.asked"
    EXTENSION_DECIDED = "extension.decided"
    APPEAL_FILED = "appeal.filed"
    APPEAL_ANSWERED = "appeal.answered"
    APPEAL_ASKED = "appeal.asked"
    APPEAL_DECIDED = "appeal.decided"
    RESULT_RELEASED = "result.released"
    VISIT_RETURNED = "visit.returned"
    ROUND_WAITING = "round.waiting"
    ROUND_DECIDED = "round.decided"
    RUBRIC_DRAFT_WAITING = "rubric_draft.waiting"
    RUBRIC_DRAFT_DECIDED = "rubric_draft.decided"
    BULLETIN_PUBLISHED = "bulletin.published"
    EXPORT_MADE = "export.made"
    EXPORT_EMPTY = "export.empty"
    EXPORT_FAILED = "export.failed"
    ACCOUNT_INVITED = "account.invited"
    ACCOUNT_ENTERED = "account.entered"
    DELIVERY_FAILED = "delivery.failed"
    MAIL_CONFIRM = "mail.confirm"
    CHANNEL_TEST = "channel.test"


class KindRule(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for a kind. `facts` are all it may say, and all it must: none of them is an
    inspector, a device, a place or a time of a visit. An `urgent` one waits for no morning; of a
    `discreet` one nothing but "there is something new" leaves the house. `push` and `mail` are
    what people get who chose nothing; `bot` and `webhook` whether groups and other systems are
    told at all.
    """

    roles: frozenset[Role]
    facts: tuple[str, ...]
    urgent: bool = False
    discreet: bool = False
    push: bool = True
    mail: bool = False
    bot: bool = False
    webhook: bool = True

    @property
    def usual(self) -> frozenset[Channel]:
        """The personal ways of somebody who chose nothing."""
        ways = {Channel.PUSH: self.push, Channel.MAIL: self.mail}
        return frozenset(way for way, usual in ways.items() if usual)


_STORE = frozenset({Role.STORE_STAFF})
_DESKS = frozenset({Role.REGIONAL_MANAGER, Role.REVIEWER, Role.ADMINISTRATOR})
_BOTH = _STORE | _DESKS
_LINE = ("number", "store", "line", "item")
_LINES = ("number", "store", "lines")

RULES: dict[MessageKind, KindRule] = {
    MessageKind.NOTICE_ISSUED: KindRule(roles=_BOTH, facts=(*_LINES, "due"), mail=True),
    MessageKind.NOTICE_AMENDED: KindRule(
        roles=_BOTH, facts=("number", "store", "replaced"), mail=True
    ),
    MessageKind.NOTICE_VOID: KindRule(roles=_BOTH, facts=("number", "store"), mail=True),
    MessageKind.NOTICE_WAITING: KindRule(roles=_DESKS, facts=("store", "lines"), webhook=False),
    MessageKind.NOTICE_RETURNED: KindRule(roles=_DESKS, facts=("store",), webhook=False),
    MessageKind.NOTICE_URGED: KindRule(roles=_STORE, facts=(*_LINES, "due"), mail=True),
    MessageKind.NOTICE_ESCALATED: KindRule(
        roles=_DESKS, facts=(*_LINES, "hours"), mail=True, bot=True
    ),
    MessageKind.NOTICE_POSTED: KindRule(
        roles=frozenset(), facts=("number", "store", "until"), push=False, webhook=False
    ),
    MessageKind.DEADLINE_NEAR: KindRule(roles=_STORE, facts=(*_LINES, "due"), webhook=False),
    MessageKind.DEADLINE_REACHED: KindRule(roles=_STORE, facts=(*_LINES, "due"), mail=True),
    MessageKind.DEADLINE_PAST: KindRule(
        roles=_DESKS, facts=(*_LINES, "hours"), mail=True, bot=True
    ),
    MessageKind.REPLY_SUBMITTED: KindRule(roles=_DESKS, facts=_LINE, bot=True),
    MessageKind.REPLY_RETURNED: KindRule(roles=_STORE, facts=(*_LINE, "due"), mail=True),
    MessageKind.REPLY_VERIFIED: KindRule(roles=_BOTH, facts=_LINE),
    MessageKind.LINE_REOPENED: KindRule(roles=_STORE, facts=(*_LINE, "due"), mail=True),
    MessageKind.EXTENSION_ASKED: KindRule(roles=_DESKS, facts=(*_LINE, "until"), bot=True),
    MessageKind.EXTENSION_DECIDED: KindRule(roles=_STORE, facts=(*_LINE, "outcome", "due")),
    MessageKind.APPEAL_FILED: KindRule(roles=_DESKS, facts=("store", "item"), bot=True),
    MessageKind.APPEAL_ANSWERED: KindRule(roles=_BOTH, facts=("store", "item")),
    MessageKind.APPEAL_DECIDED: KindRule(
        roles=_BOTH, facts=("store", "item", "outcome"), mail=True
    ),
    MessageKind.APPEAL_ASKED: KindRule(
        roles=frozenset({Role.INSPECTOR}), facts=("store", "item"), discreet=True, webhook=False
    ),
    MessageKind.RESULT_RELEASED: KindRule(roles=_STORE, facts=("store", "round"), webhook=False),
    MessageKind.VISIT_RETURNED: KindRule(
        roles=frozenset({Role.INSPECTOR}), facts=("store",), discreet=True, webhook=False
    ),
    MessageKind.ROUND_WAITING: KindRule(roles=_DESKS, facts=("round",), webhook=False),
    MessageKind.ROUND_DECIDED: KindRule(roles=_DESKS, facts=("round", "outcome"), webhook=False),
    MessageKind.RUBRIC_DRAFT_WAITING: KindRule(roles=_DESKS, facts=("rubric",), webhook=False),
    MessageKind.RUBRIC_DRAFT_DECIDED: KindRule(
        roles=_DESKS, facts=("rubric", "outcome"), webhook=False
    ),
    MessageKind.BULLETIN_PUBLISHED: KindRule(
        roles=_DESKS, facts=("number", "region"), push=False, bot=True
    ),
    **dict.fromkeys(
        (MessageKind.EXPORT_MADE, MessageKind.EXPORT_EMPTY, MessageKind.EXPORT_FAILED),
        KindRule(roles=_DESKS, facts=("name",), push=False, webhook=False),
    ),
    MessageKind.ACCOUNT_INVITED: KindRule(
        roles=frozenset(Role), facts=("until",), urgent=True, mail=True, webhook=False
    ),
    MessageKind.ACCOUNT_ENTERED: KindRule(
        roles=frozenset({Role.ADMINISTRATOR}), facts=(), webhook=False
    ),
    MessageKind.DELIVERY_FAILED: KindRule(
        roles=frozenset(Role), facts=("channel",), push=False, webhook=False
    ),
    MessageKind.MAIL_CONFIRM: KindRule(
        roles=frozenset(), facts=("address",), push=False, webhook=False, urgent=True
    ),
    MessageKind.CHANNEL_TEST: KindRule(
        roles=frozenset(), facts=("name",), push=False, webhook=False, urgent=True
    ),
}

TIMES = frozenset({"due", "until"})
"""Facts that are times."""

WORDS = {
    "outcome": (
        *("granted", "refused", "upheld", "partly", "rejected", "withdrawn"),
        *("approved", "vetoed"),
    ),
    "channel": tuple(channel.value for channel in Channel),
}
"""Facts that are worded: `message.word.<fact>.<value>`."""

TWINS = {"item": "item_en", "round": "round_en"}
"""Facts that have a name of their own in English, which may stand beside them."""


class Audience(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to tell: these accounts, the staff of a store, or whoever has a role over a place
    (at the place itself or above it, the whole tree's only when nobody nearer has it).
    """

    accounts: tuple[str, ...] = ()
    store: str = ""
    role: Role | None = None
    region_path: str = ""


def people(*accounts: str) -> Audience:
    """These accounts."""
    return Audience(accounts=accounts)


def staff_of(store: str) -> Audience:
    """Everybody of the store with this id."""
    return Audience(store=store)


def over(region_path: str, role: Role) -> Audience:
    """Whoever has the role nearest over the place."""
    return Audience(role=role, region_path=region_path)


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """Something to tell. `key` is what makes it this message: told again under the same key, it
    reaches nobody twice. `by` is who did it, and is not told. `region_path` is where the store is:
    groups there and above are told too.
    """

    kind: MessageKind
    key: str
    noun: str
    noun_id: str
    facts: Mapping[str, Fact]
    to: tuple[Audience, ...]
    by: str = ""
    region_path: str = ""


class FactsWrong(ValueError):
    """A message says other things than its kind may say: a fault of the caller."""


def check_facts(kind: MessageKind, facts: Mapping[str, Fact]) -> None:
    """Raises FactsWrong unless the facts are exactly those of the kind, of the right sort; a name
    may have its twin in English.
    """
    rule = RULES[kind]
    twins = {twin for name, twin in TWINS.items() if name in rule.facts}
    wrong = sorted((set(facts) - twins) ^ set(rule.facts))
    wrong += [name for name in facts if isinstance(facts[name], datetime) is not (name in TIMES)]
    wrong += [name for name, words in WORDS.items() if name in facts and facts[name] not in words]
    if wrong:
        msg = f"{kind.value}: {', '.join(wrong)}"
        raise FactsWrong(msg)
