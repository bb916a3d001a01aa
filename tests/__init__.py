"""Mirrors the rooms; golden/ holds expected outputs, habits/ tests the repository itself."""
