from alumni.admin import ledgers, members, networks

__all__ = ["ledgers", "members", "networks"]
