"""Photos: taken in, made clean, kept once."""
