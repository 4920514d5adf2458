from alumni.admin import ledgers, mailings, members, networks

__all__ = ["ledgers", "mailings", "members", "networks"]
