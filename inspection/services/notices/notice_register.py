"""The register of numbers: every one in its order, and that none lacks."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.listing import ListAsked
from inspection.domain.org.region_path import top_of
from inspection.domain.refusals import NotFound
from inspection.domain.table import Row
from inspection.persistence.notices import number_register
from inspection.persistence.notices.number_register import NumberListed, NumberPage
from inspection.persistence.people.places import Scope
from inspection.services.exports import Export, headings_of, pages_of
from inspection.services.reach import scope_of
from inspection.wording import Language, catalogue, say

MOST_NAMED = 20
"""Missing numbers that are named; more than that are counted."""


class CounterLabel(msgspec.Struct, frozen=True, kw_only=True):
    """A counter, taken apart into what people call it by."""

    key: str
    mark: str
    kind: str
    year: str


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """Whether 1 to `last` are all there: `missing` are not in the register, `beyond` were entered
    without being drawn, `astray` are borne by no notice.
    """

    last: int
    drawn: int
    missing: tuple[int, ...] = ()
    beyond: int = 0
    astray: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every number drawn is in the register once, and on its paper."""
        return not (self.missing or self.beyond or self.astray)

    @property
    def named(self) -> tuple[int, ...]:
        """The first of the missing."""
        return self.missing[:MOST_NAMED]


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the register of one counter, with the others there are; `is_part` where it lists
    only those of papers in the caller's part of the tree.
    """

    counters: tuple[CounterLabel, ...]
    chosen: CounterLabel | None = None
    proof: Proof | None = None
    page: NumberPage | None = None
    is_part: bool = False


async def register_page(actor: Actor, counter: str, asked: ListAsked) -> Register:
    """The numbers of papers in the caller's part of the tree; the proof is about the whole
    counter. Raises NotFound for a counter that gave none there.
    """
    scope = scope_of(actor, Action.REGISTER_READ)
    keys = await number_register.counters_in(scope)
    if counter and counter not in keys:
        raise NotFound(noun="register")
    if not keys:
        return Register(counters=())
    chosen = counter or keys[0]
    return Register(
        counters=tuple(label_of(key) for key in keys),
        chosen=label_of(chosen),
        proof=await proof_of(chosen),
        page=await number_register.number_page(chosen, scope, asked),
        is_part=actor.region_path != top_of(actor.region_path),
    )


async def proof_of(counter: str) -> Proof:
    """Whether the numbers of a counter are 1 to its last, each once and each on its paper."""
    found = await number_register.tally(counter)
    if found.drawn == found.last == found.highest:
        return Proof(last=found.last, drawn=found.drawn, astray=found.astray)
    known = await number_register.drawn_from(counter)
    return Proof(
        last=found.last,
        drawn=found.drawn,
        missing=tuple(n for n in range(1, found.last + 1) if n not in known),
        beyond=sum(n > found.last or n < 1 for n in known),
        astray=found.astray,
    )


def label_of(counter: str) -> CounterLabel:
    """What a counter counts."""
    mark, kind, year = counter.split("|")
    return CounterLabel(key=counter, mark=mark, kind=kind, year=year)


_COLUMNS = ("number", "register_n", "state", "store_code", "store", "drawn_at", "reason", "other")


def register_export(actor: Actor, counter: str, asked: ListAsked, language: Language) -> Export:
    """The numbers of a counter as a file."""
    scope = scope_of(actor, Action.REGISTER_READ)

    pages = pages_of(asked, lambda page: _page(scope, counter, page), _row, language)
    return Export(
        noun="register",
        name="notice-register",
        title=say(language, "nav.register"),
        headings=headings_of(_COLUMNS, language),
        pages=pages,
    )


async def _page(scope: Scope, counter: str, asked: ListAsked) -> NumberPage:
    keys = await number_register.counters_in(scope)
    if (counter or not keys) and counter not in keys:
        raise NotFound(noun="register")
    return await number_register.number_page(counter or keys[0], scope, asked)


def _row(row: NumberListed, language: Language) -> Row:
    words = catalogue(language)
    state = words.get(f"notice_state.{row.state}") or words.get(f"state.{row.state}", row.state)
    return (
        row.number,
        row.n,
        state,
        row.store_code,
        row.store_name,
        row.drawn_at,
        row.reason,
        row.replaced_by_number or "",
    )
