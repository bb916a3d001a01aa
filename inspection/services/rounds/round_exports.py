"""Rounds and the assignments of a round as files; inspectors by their pseudonyms."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import ListAsked
from inspection.domain.table import Row
from inspection.services.exports import Export, headings_of, pages_of
from inspection.services.people.places import STORE_COLUMNS
from inspection.services.rounds.assignment_list import (
    AssignmentPage,
    AssignmentsAsked,
    AssignmentShown,
    assignment_list,
)
from inspection.services.rounds.round_list import RoundInList, round_list
from inspection.services.tools import Tools
from inspection.wording import Language, catalogue, say

_ROUND = ("round", "round_name", "theme", "from", "to", "state", "region")
_ASSIGNMENT = (*STORE_COLUMNS, "inspector", "from", "to", "state", "why")


def round_export(actor: Actor, asked: ListAsked, state: str, language: Language) -> Export:
    """The rounds of the list."""
    pages = pages_of(asked, lambda page: round_list(actor, page, state), _round, language)
    headings = headings_of(_ROUND, language)
    return Export("round", "rounds", say(language, "nav.rounds"), headings, pages)


def assignment_export(
    tools: Tools, actor: Actor, code: str, asked: AssignmentsAsked, language: Language
) -> Export:
    """The assignments of the list."""

    async def find(part: ListAsked) -> AssignmentPage:
        return await assignment_list(tools, actor, code, msgspec.structs.replace(asked, list=part))

    headings = headings_of(_ASSIGNMENT, language)
    title = say(language, "assignments.title")
    pages = pages_of(asked.list, find, _assignment, language)
    return Export("assignment", "assignments", title, headings, pages)


def _round(row: RoundInList, language: Language) -> Row:
    return (
        row.code,
        row.name.of(language),
        row.theme.of(language),
        row.starts_on,
        row.ends_on,
        say(language, f"round_state.{row.state.value}"),
        row.region.of(language),
    )


def _assignment(row: AssignmentShown, language: Language) -> Row:
    words = catalogue(language)
    state = words["coverage.missed"] if row.is_missed else words[f"assignment_state.{row.state}"]
    return (
        *row.store.cells(language),
        row.pseudonym,
        row.window_from,
        row.window_to,
        state,
        row.cancelled_why,
    )
