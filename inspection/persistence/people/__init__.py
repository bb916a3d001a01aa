"""Accounts, roles and places, invitations, sessions and proofs of who somebody is."""
