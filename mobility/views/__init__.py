"""The pages of exchanges, a module per kind of visitor's errand."""
