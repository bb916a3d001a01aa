"""What whoever holds the link or the paper of a notice has of it."""

HERE = "192.0.2.7"
PDF = b"%PDF-1.7 the notice"
