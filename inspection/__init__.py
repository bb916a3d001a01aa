"""Mingcha 明察: mystery-shopper inspection of telecom stores, from the scorecard to the rectification notice."""
