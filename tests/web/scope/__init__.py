"""Who reaches what: every route, as every role, at every kind of place."""
