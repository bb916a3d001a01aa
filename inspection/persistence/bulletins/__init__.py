"""Issues of the bulletin, their figures, who has read them, complaints counted elsewhere."""
