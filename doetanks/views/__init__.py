"""The pages of Doetanks, a module per kind of errand."""
