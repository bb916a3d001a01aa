"""Mingcha 明察: mystery-shopper inspection of stores, from scorecard to rectification notice."""
