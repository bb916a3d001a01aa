"""Which visits count, as SQL."""

from inspection.domain.visits.visit import COUNTED

IN_COUNT = f"state IN ({', '.join(repr(state.value) for state in COUNTED)})"
"""A condition on `visit`; with an alias before it, `v.`, where tables are joined."""
