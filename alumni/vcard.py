"""People as vCards (RFC 6350), for an address book."""

from collections.abc import Iterable

from alumni.models import Alumnus

LINE = 75  # octets


def cards(alumni: Iterable[Alumnus]) -> str:
    return "".join(card(alumnus) for alumnus in alumni)


def card(alumnus: Alumnus) -> str:
    names = (alumnus.family_name, alumnus.given_name, "", alumnus.name_prefix, "")
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"UID:urn:uuid:{alumnus.key}",
        f"FN:{escaped(str(alumnus))}",
        f"N:{';'.join(map(escaped, names))}",
        f"EMAIL;TYPE=home:{escaped(alumnus.email)}",
        f"CATEGORIES:{','.join(map(escaped, alumnus.expertise))}",
        "END:VCARD",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines if not line.endswith("CATEGORIES:"))


def escaped(text: str) -> str:
    """No sign of the text can end a value or a line."""
    one_line = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\;," else sign for sign in one_line)


def folded(line: str) -> str:
    """Lines of at most 75 octets, cut between characters."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > LINE - 1:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
