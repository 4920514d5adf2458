"""Believable networks of two employers for the demo; all people in it are invented."""
