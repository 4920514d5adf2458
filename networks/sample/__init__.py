"""Sample networks for the demo: invented, and marked as samples."""
