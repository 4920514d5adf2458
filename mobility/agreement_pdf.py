"""The agreement as an accessible PDF (PDF/UA-1: tagged, with title and language), the same bytes each time.

The text goes in as data, never as markup, so nothing that people typed can change the document.
"""

import json
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from mobility.models import Agreement

TEMPLATE = Path(__file__).parent / "agreement.typ"


def made(agreement: Agreement) -> bytes:
    """The PDF of a frozen text, in the active language."""
    words = {
        "parties": _("Parties"),
        "facts": _("Period and place"),
        "seal": _("SHA-256 of this text: %s") % agreement.sha256,
        "author": _("Better work in public administration"),
    }
    data = json.dumps({"text": agreement.content, "words": words}, ensure_ascii=False)
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
