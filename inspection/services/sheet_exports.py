"""Stores and people as files that can be imported again: unchanged, they change nothing."""

from decimal import Decimal

import msgspec

from inspection.domain.access import Actor
from inspection.domain.imports.sheet import Columns, both_languages
from inspection.domain.listing import LARGEST_PAGE
from inspection.domain.org import store_sheet
from inspection.domain.org.region_path import code_of
from inspection.domain.people import person_sheet
from inspection.domain.table import Row
from inspection.persistence.org import org
from inspection.persistence.org.org import StoreRecord
from inspection.services.exports import Export, Page, every_page
from inspection.services.org.store_list import StoresAsked, store_page
from inspection.services.people.people_pages import PeopleAsked, PersonListed, named_people
from inspection.services.people.proofs import check_proved
from inspection.services.tools import Tools
from inspection.wording import Language, say

_FEATURES = msgspec.json.Decoder(tuple[str, ...])
_MICRO = -6
"""Degrees are kept as whole millionths."""


def store_export(tools: Tools, actor: Actor, asked: StoresAsked, language: Language) -> Export:
    """The stores of the list."""

    async def read(cursor: str) -> Page:
        page = msgspec.structs.replace(asked.list, cursor=cursor, size=LARGEST_PAGE)
        found = await store_page(tools, actor, msgspec.structs.replace(asked, list=page))
        kept = await org.stores_with_codes([line.store.code for line in found.rows])
        rows = (_store(kept[line.store.code], language) for line in found.rows)
        return rows, found.next_cursor

    headings = _headings(store_sheet.COLUMNS)
    return Export("store", "stores", say(language, "nav.stores"), headings, every_page(read))


def people_export(tools: Tools, actor: Actor, asked: PeopleAsked, language: Language) -> Export:
    """The people of the list, for callers who proved of late who they are."""

    async def read(cursor: str) -> Page:
        if not cursor:
            # Once: a long list may take longer than a proof holds.
            await check_proved(tools, actor)
        page = msgspec.structs.replace(asked.asked, cursor=cursor, size=LARGEST_PAGE)
        found = await named_people(actor, msgspec.structs.replace(asked, asked=page))
        return (_person(row, language) for row in found.rows), found.next_cursor

    headings = _headings(person_sheet.COLUMNS)
    return Export("account", "people", say(language, "nav.people"), headings, every_page(read))


def _store(store: StoreRecord, language: Language) -> Row:
    return (
        store.code,
        store.name,
        _word("store_kind", store.kind, language),
        code_of(store.region_path),
        ";".join(_FEATURES.decode(store.features)),
        _word("ownership", store.ownership, language),
        store.address,
        store.contact_name,
        store.contact_phone,
        _degrees(store.latitude_e6),
        _degrees(store.longitude_e6),
    )


def _person(listed: PersonListed, language: Language) -> Row:
    person = listed.person
    return (
        person.sign_in,
        person.name,
        _word("role", person.role.value, language),
        person.region,
        person.store,
        person.pseudonym,
        person.language,
    )


def _word(kind: str, value: str, language: Language) -> str:
    """The value as sheets of the language have it: in English they have the codes themselves."""
    return say(language, f"{kind}.{value}") if language is Language.ZH else value


def _headings(columns: Columns) -> tuple[str, ...]:
    return tuple(both_languages(names) for names in columns.values())


def _degrees(millionths: int | None) -> Decimal | None:
    return None if millionths is None else Decimal(millionths).scaleb(_MICRO)
