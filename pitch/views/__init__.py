"""The pages of PITCH, a module per kind of visitor's errand."""
