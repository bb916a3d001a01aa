"""The tree of regions and the stores below it."""
