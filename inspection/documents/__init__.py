"""Frozen snapshots become HTML and PDF; nothing here looks anything up."""
