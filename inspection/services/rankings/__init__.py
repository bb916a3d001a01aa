"""Places, movements and gaps of stores and regions in a round."""
