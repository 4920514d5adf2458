"""From the bytes of a file to its text, or a sentence that says what kind of file it is instead."""

import codecs

from django.utils.translation import gettext_lazy as _

from mobility.offers.row import Sentence, Unreadable

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PACKED = _("This is a packed file (ZIP). Unpack it first and send the files in it.")
_OTHER_FORMATS: tuple[tuple[bytes, Sentence], ...] = (
    (b"%PDF", _("This is a PDF. Send the offers as CSV, as JSON or as a saved web page.")),
    (
        b"\xd0\xcf\x11\xe0",
        _("This is an Excel file. Open it in Excel and choose “Save as”, then “CSV UTF-8”."),
    ),
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"Rar!", _PACKED),
    (b"\x89PNG", _("This is a picture. Send the offers as CSV, as JSON or as a saved web page.")),
    (b"\xff\xd8\xff", _("This is a picture. Send the offers as CSV, as JSON or as a saved web page.")),
    (b"GIF8", _("This is a picture. Send the offers as CSV, as JSON or as a saved web page.")),
)
_BINARY = _("This file holds no text. Send the offers as CSV, as JSON or as a saved web page.")


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; Unreadable when the bytes are no text.

    UTF-8 with a few broken characters stays UTF-8: reading it all as cp1252 would spoil every accent in it.
    """
    _refuse_other_formats(content)
    encoding = _encoding(content)
    text = content.decode(encoding, errors="replace")
    if _looks_binary(text):
        raise Unreadable(_BINARY)
    return text, encoding


def _refuse_other_formats(content: bytes) -> None:
    if content.startswith(b"PK\x03\x04"):
        is_workbook = b"xl/" in content or b"[Content_Types].xml" in content[:2000]
        raise Unreadable(_OTHER_FORMATS[1][1] if is_workbook else _PACKED)
    for signature, sentence in _OTHER_FORMATS:
        if content.startswith(signature):
            raise Unreadable(sentence)


def _encoding(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    if encoding := _unmarked_utf16(content[:2000]):
        return encoding
    return "utf-8" if _is_mostly_utf8(content) else _single_byte(content)


def _unmarked_utf16(start: bytes) -> str:
    """UTF-16 without a mark shows as Latin text with a NUL at every other place."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half >= 2 and max(even, odd) > 0.7 * half and min(even, odd) < 0.1 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _is_mostly_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        text = content.decode(errors="replace")
        broken = text.count("\ufffd")
        return len(text.encode("ascii", "ignore")) + 5 * broken < len(text)
    return True


def _single_byte(content: bytes) -> str:
    """Windows' own set; five bytes mean nothing in it, and a file that has them is read as Latin-1."""
    return "latin-1" if any(byte in content for byte in b"\x81\x8d\x8f\x90\x9d") else "cp1252"


def _looks_binary(text: str) -> bool:
    sample = text[:4000]
    strange = sum(not (c.isprintable() or c.isspace()) for c in sample) + sample.count("\ufffd")
    return strange > 0.1 * len(sample)
