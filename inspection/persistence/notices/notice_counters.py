"""The last number drawn, per issuer, document type and year."""

from inspection.persistence.statements import run


async def draw(key: str) -> int:
    """The next number. It belongs to the caller's transaction: a rollback gives it back, and on
    PostgreSQL the next caller waits for the commit, so there are neither gaps nor twins.
    """
    rows = await run(
        "INSERT INTO notice_counter (key, last) VALUES (?, 1)"
        " ON CONFLICT (key) DO UPDATE SET last = notice_counter.last + 1 RETURNING last",
        key,
    )
    return int(rows[0]["last"])
