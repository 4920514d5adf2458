"""The programme line PITCH: ideas compete, a jury votes online, and anyone can recount."""
