"""People: accounts, names, the work address that proves where one works, and the roles one has there."""
