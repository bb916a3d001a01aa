"""Which imports somebody reaches, and which of them need their proof."""

from inspection.domain.access import Action, Actor, Place
from inspection.domain.imports.sheet_import import ImportNoun
from inspection.domain.refusals import NotFound
from inspection.persistence.imports import sheet_imports
from inspection.persistence.imports.sheet_imports import ImportRow
from inspection.services.people.proofs import check_proved
from inspection.services.reach import check_granted, check_reach
from inspection.services.tools import Tools


async def check_people(tools: Tools, actor: Actor, noun: ImportNoun) -> None:
    """Raises ProofNeeded for people: they come with roles and places, and one sheet may change what
    hundreds may do.
    """
    if noun is ImportNoun.PERSON:
        await check_proved(tools, actor)


async def reached_import(actor: Actor, id: str, action: Action) -> ImportRow:
    """An import of the caller's part of the tree. Raises NotAllowed or NotFound."""
    check_granted(actor, action)
    return _checked(actor, action, await sheet_imports.find_import(id))


async def locked_import(actor: Actor, id: str) -> ImportRow:
    """The same to be worked on, locked."""
    check_granted(actor, Action.IMPORT_EDIT)
    return _checked(actor, Action.IMPORT_EDIT, await sheet_imports.lock_import(id))


def _checked(actor: Actor, action: Action, found: ImportRow | None) -> ImportRow:
    if found is None:
        raise NotFound(noun="import")
    check_reach(actor, action, Place(region_path=found.region_path), "import")
    return found
