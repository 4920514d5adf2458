"""The sample content of PITCH for the demo; it says that it is sample."""
