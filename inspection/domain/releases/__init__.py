"""What of an approved visit its store may read, and when."""
