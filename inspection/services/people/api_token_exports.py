"""The list of tokens as a file: never what a token is made of."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE, ListAsked
from inspection.domain.table import Row
from inspection.services.exports import Export, Page, every_page, headings_of
from inspection.services.people.api_tokens import TokenShown, token_list
from inspection.services.people.proofs import check_proved
from inspection.services.tools import Tools
from inspection.wording import Language, say

_COLUMNS = (
    *("token_name", "token_prefix", "owner", "token_reads", "region", "state"),
    *("created_at", "expires_at", "last_used_at", "last_used_from"),
)


def token_export(tools: Tools, actor: Actor, asked: ListAsked, language: Language) -> Export:
    """The tokens of the page. Those of others name people: for callers who proved of late who they
    are.
    """

    async def read(cursor: str) -> Page:
        page = msgspec.structs.replace(asked, cursor=cursor, size=LARGEST_PAGE)
        found = await token_list(tools, actor, page)
        if found.others and not cursor:
            await check_proved(tools, actor)
        return (_row(row, language) for row in found.rows), found.next_cursor

    headings = headings_of(_COLUMNS, language)
    return Export("token", "tokens", say(language, "nav.tokens"), headings, every_page(read))


def _row(row: TokenShown, language: Language) -> Row:
    return (
        row.name,
        row.prefix,
        row.owner,
        ", ".join(say(language, f"token_scope.{scope.value}") for scope in row.scopes),
        row.region.of(language.value),
        say(language, f"token_state.{row.state.value}"),
        row.created_at,
        row.expires_at,
        row.last_used_at,
        row.last_used_from,
    )
