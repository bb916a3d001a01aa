"""Issuers, written straight into their rows."""

from inspection.domain.notices.notice_number import STANDARD
from inspection.persistence import tables
from tests.cast import GUO, REGION_PATHS
from tests.makers import START


async def an_issuer(
    region: str,
    *,
    mark: str,
    name: str = "服务质量部",
    pattern: str = STANDARD,
    one_person: bool = False,
) -> None:
    """Let a part of the tree have an issuer of its own."""
    await tables.Issuer.insert(
        tables.Issuer(
            id=f"issuer-{region}",
            region_path=REGION_PATHS[region],
            name=name,
            mark=mark,
            pattern=pattern,
            one_person=one_person,
            changed_by=GUO.account,
            changed_at=START,
        )
    )
