from alumni.admin import gatherings, ledgers, mailings, members, networks, questions

__all__ = ["gatherings", "ledgers", "mailings", "members", "networks", "questions"]
