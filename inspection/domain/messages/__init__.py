"""Telling people: inbox, push, mail, bots, webhooks."""
