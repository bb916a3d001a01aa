"""The job that keeps what inspectors took off beside the tallies, once in a few minutes."""

from inspection.services.analyses.calibrations import reckon_judgements

KIND = "judgements.reckon"
MINUTES = 5
AT_ONCE = 2000


async def reckon() -> None:
    """Count the counties again that have a newer result. Until then a look counts them itself."""
    await reckon_judgements(AT_ONCE)
