"""What a three-party agreement says: its clauses with a sample text each, and the whole as it is frozen.

The subjects are those that such an agreement has between governments. The sample texts are ours and must be
read by a lawyer of the organisation; the page and the PDF say so.
"""

from typing import Any

from django.utils.translation import gettext as _

from mobility.models import Agreement, Application

Clauses = dict[str, str]


def headings() -> dict[str, str]:
    """The clauses in their order, by name."""
    return {
        "employment": _("The employment it rests on"),
        "work": _("The work"),
        "orders": _("Who gives orders"),
        "pay": _("Pay and allowances"),
        "rate": _("Rate between the employers"),
        "leave": _("Leave"),
        "sickness": _("Sickness"),
        "liability": _("Accidents and liability"),
        "confidentiality": _("Confidentiality"),
        "early_end": _("Ending early"),
        "going_back": _("Going back"),
    }


def sample(application: Application) -> Clauses:
    """A text to begin with, in the active language."""
    exchange = application.exchange
    return {
        "employment": _("The employment with the lender goes on. This agreement changes nothing in it."),
        "work": f"{exchange.title}. {exchange.summary}",
        "orders": _("The borrower gives orders about the daily work. The lender remains the employer."),
        "pay": _("The lender goes on paying salary and allowances. The borrower pays travel for work."),
        "rate": _("The borrower pays the lender no rate."),
        "leave": _("The person agrees leave with the borrower. The lender keeps the record."),
        "sickness": _("The person reports sick to both. The lender supports the person and goes on paying."),
        "liability": _(
            "The borrower cares for safe work, and bears damage done at work unless it was intended."
        ),
        "confidentiality": _("The person keeps secret what is confidential, also afterwards."),
        "early_end": _("Each party can end this a month ahead, in writing, after a talk."),
        "going_back": _("Afterwards the person goes back to the own function, or to one like it."),
    }


def frozen(agreement: Agreement) -> dict[str, Any]:
    """The whole text as the parties sign it, in the active language: names, facts and clauses as words."""
    application = agreement.application
    exchange = application.exchange
    return {
        "title": _("Agreement on %s") % exchange.title,
        "version": agreement.version,
        "language": agreement.language,
        "parties": [
            [_("Lender"), str(application.employer)],
            [_("Borrower"), str(exchange.organisation)],
            [_("Person"), str(application.applicant)],
        ],
        "facts": [
            [_("Kind"), exchange.get_kind_display()],
            [_("Period"), application.period_text],
            [_("Hours a week"), str(application.hours or "")],
            [_("Place"), exchange.place_text],
        ],
        "clauses": [[title, agreement.clauses.get(name, "")] for name, title in headings().items()],
        "warning": warning(),
    }


def warning() -> str:
    return _(
        "Lending between employers can touch VAT and procurement rules. The portal warns, it does not "
        "advise. Ask your own lawyer and tax adviser before you sign."
    )
