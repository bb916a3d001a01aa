"""Kinds of background work, the worker loop and the schedule."""
