"""Answers, points and the cards they give."""
