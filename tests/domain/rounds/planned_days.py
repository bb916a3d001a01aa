"""Visits of a plan and their days."""

from datetime import timedelta

from inspection.domain.rounds.planning import PlannedVisit
from tests.asking import FIRST

DAY = timedelta(days=1)


def visit(store="s1", inspector="p1", day=FIRST, *, kept=False):
    return PlannedVisit(store=store, inspector=inspector, day=day, kept=kept)
