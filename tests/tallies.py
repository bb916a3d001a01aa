"""What notices keep of their lines, counted again."""

from inspection.persistence.engines.database_engine import Rows
from inspection.persistence.statements import run


async def wrong_tallies() -> Rows:
    """Notices whose verified lines, or those mended at the first reply, are others than kept."""
    return await run(WRONG)


WRONG = """
SELECT * FROM (
    SELECT n.id, n.verified, n.verified_first,
        (SELECT count(*) FROM notice_line l WHERE l.notice = n.id AND l.state = 'verified') AS here,
        (
            SELECT count(*) FROM notice_line l WHERE l.notice = n.id AND l.state = 'verified'
            AND l.id IN (
                SELECT line FROM rectification_reply WHERE attempt IS NOT NULL
                GROUP BY line HAVING count(*) = 1
            )
        ) AS first
    FROM notice n
) t WHERE t.verified <> t.here OR t.verified_first <> t.first
"""
