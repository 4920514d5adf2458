from mobility.admin import applications, arrangements, days, exchanges

__all__ = ["applications", "arrangements", "days", "exchanges"]
