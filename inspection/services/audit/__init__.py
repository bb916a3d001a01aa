"""The log: who did what, when, from what to what."""
