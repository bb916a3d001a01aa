"""Appeals (申诉): what a store says against a deduction, and who decides."""
