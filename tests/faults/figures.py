"""What the fault tests counted, for the table at the end of a run."""

ROWS: list[tuple[str, str, str]] = []


def note(test: str, **counted: object) -> None:
    """Keep the figures of one test for the table."""
    for what, figure in counted.items():
        ROWS.append((test, what.replace("_", " "), str(figure)))


def table() -> list[str]:
    """The lines of the table."""
    widths = [max(len(row[column]) for row in ROWS) for column in range(2)]
    return [f"{test:<{widths[0]}}  {what:<{widths[1]}}  {figure}" for test, what, figure in ROWS]
