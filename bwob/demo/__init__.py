"""The demo: one command that sets up, fills and runs the portal on one machine, and shows the mail it
sends.
"""
