from alumni.admin import ledgers, mailings, members, networks, questions

__all__ = ["ledgers", "mailings", "members", "networks", "questions"]
