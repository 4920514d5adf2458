"""What kind of file somebody brought: told by its first bytes, never by its name."""

from pitch.models import Attachment

Kind = Attachment.Kind
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
PDF = b"%PDF-"


def kind_of(content: bytes) -> str:
    """One of the kinds that we take, or "": an SVG named .png is text, and a page with a script is too."""
    if content.startswith(PNG) and content[12:16] == b"IHDR":
        return Kind.PNG
    if content.startswith(JPEG):
        return Kind.JPEG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    return Kind.PDF if content.startswith(PDF) else ""


def is_picture(kind: str) -> bool:
    return kind in (Kind.PNG, Kind.JPEG, Kind.WEBP)
