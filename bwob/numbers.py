"""Numbers about people: none below five is told (rule R8)."""

FEW = 5


def few(count: int) -> str:
    """The number, or "<5"."""
    return f"<{FEW}" if count < FEW else str(count)
