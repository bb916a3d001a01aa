"""Visits as they come from the phone: drafts, photos, submissions."""
