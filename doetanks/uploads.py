"""Files that a team may keep: from a short list of kinds, and recognised by what is in them, not by name."""

import io
import zipfile
from collections.abc import Callable
from pathlib import PurePath

from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

MAX_BYTES = 5_000_000
MAX_FILES = 40
MAX_ENTRIES = 2_000
MAX_UNPACKED = 60_000_000
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}


class Unacceptable(Exception):
    """A file that is not kept; its text tells the person why."""


def kind_of(name: str, content: bytes) -> str:
    """The kind of this file, if name and content agree on one of the list; Unacceptable otherwise."""
    kind = PurePath(name).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    if kind not in TYPES:
        raise Unacceptable(_("This kind of file is not kept here. Use: %s.") % ", ".join(sorted(TYPES)))
    if len(content) > MAX_BYTES:
        raise Unacceptable(_("This file is larger than 5 MB."))
    if not CHECKS[kind](kind, content):
        raise Unacceptable(_("What is in this file is not what its name says."))
    return kind


def _begins(*starts: bytes) -> Callable[[str, bytes], bool]:
    return lambda _kind, content: content.startswith(starts)


def _is_text(_kind: str, content: bytes) -> bool:
    """Words and lines only: no NUL and no other control characters, and no web page in disguise."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in "\r\n\t" for sign in text) and "<script" not in text.lower()


def _is_package(kind: str, content: bytes) -> bool:
    """An office file without macros, of which neither the number nor the size of its parts is a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = [part.filename for part in parts]
            is_bomb = len(parts) > MAX_ENTRIES or sum(part.file_size for part in parts) > MAX_UNPACKED
            if is_bomb or any("vbaproject" in name.lower() for name in names):
                return False
            if kind in OFFICE:
                return "[Content_Types].xml" in names and any(name.startswith(OFFICE[kind]) for name in names)
            return "mimetype" in names and package.read("mimetype").decode("ascii", "replace") == TYPES[kind]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return False


CHECKS: dict[str, Callable[[str, bytes], bool]] = {
    "pdf": _begins(b"%PDF-"),
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "jpg": _begins(b"\xff\xd8\xff"),
    "txt": _is_text,
    "csv": _is_text,
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods"), _is_package),
}


def attachment(name: str) -> str:
    """A header that names a download, whatever signs are in the name."""
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
