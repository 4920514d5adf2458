"""Sample content for the demo: invented, and marked as such."""
