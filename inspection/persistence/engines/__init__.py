"""SQLite and PostgreSQL behind one door: connections, writers, transactions, refusals."""
