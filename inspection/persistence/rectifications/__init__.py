"""Lines of notices on their way from open to verified: replies, extensions, deadlines, cases."""
