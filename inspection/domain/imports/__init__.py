"""Stores and people that come from spreadsheets."""
