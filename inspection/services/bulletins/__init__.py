"""The bulletin: drafting, figures, publishing, printing, reading."""
