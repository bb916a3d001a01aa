"""JSON for the phones and for other systems, one module per noun."""
