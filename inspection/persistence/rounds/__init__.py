"""Rounds, their plans, assignments, coverage and schedules."""
