"""Numbers of papers: drawn from the counter of their issuer and entered in the register at once."""

from datetime import datetime

from inspection.domain.notices.issuer import IssuingBody
from inspection.domain.notices.notice_number import PaperKind, counter_key, number, year_of
from inspection.domain.org.region_path import upwards
from inspection.persistence.notices import drawn_numbers, issuers, notice_counters
from inspection.persistence.notices.drawn_numbers import DrawnRow
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE
from inspection.wording import say


async def issuer_of(tools: Tools, region_path: str) -> IssuingBody:
    """Who issues for a place: the issuer of the nearest region above it that has one, else the
    one of the settings.
    """
    row = await issuers.nearest_issuer(upwards(region_path))
    if row is None:
        return IssuingBody(name=tools.issuer.name, mark=tools.issuer.mark)
    return IssuingBody(
        name=row.name,
        mark=row.mark,
        pattern=row.pattern,
        one_person=row.one_person,
        seal=row.seal_sha256 or "",
    )


async def draw_number(
    body: IssuingBody, kind: PaperKind, noun_id: str, region_path: str, at: datetime
) -> str:
    """The next number for a paper, as `draw` gives it."""
    drawn = await draw(body, kind, noun_id, region_path, at)
    return drawn.number


async def draw(
    body: IssuingBody, kind: PaperKind, noun_id: str, region_path: str, at: datetime
) -> DrawnRow:
    """The next number for a paper, entered in the register. Belongs into the transaction that
    issues the paper, as its last step but writing it: nobody else draws until that ends.
    """
    year = year_of(at)
    # Other kinds of paper have letters of their own, so that no two papers bear one number.
    mark = body.mark + (
        "" if kind is PaperKind.NOTICE else say(LANGUAGE, f"paper.kind_mark.{kind.value}")
    )
    counter = counter_key(body.mark, year, kind)
    n = await notice_counters.draw(counter)
    drawn = DrawnRow(
        counter=counter,
        n=n,
        number=number(body.pattern, mark, year, n),
        kind=kind.value,
        noun_id=noun_id,
        region_path=region_path,
        drawn_at=at,
    )
    await drawn_numbers.add_drawn(drawn)
    return drawn
