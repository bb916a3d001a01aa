"""What a round shows: items lost, trends, spread, repetitions, early warning."""
