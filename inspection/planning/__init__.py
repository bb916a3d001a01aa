"""Making a plan: a question to a network, its cheapest flow to a plan, in its own process."""
