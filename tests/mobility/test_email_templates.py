"""Each template of a mail is sent by one of the modules with messages."""

from django.conf import settings

MODULES = ("emails", "notices", "ring_emails", "agreement_emails", "day_emails")


def test_every_template_belongs_to_a_message():
    folder = settings.BASE_DIR / "templates/mobility/email"
    source = "".join((settings.BASE_DIR / "mobility" / f"{name}.py").read_text() for name in MODULES)

    stems = {path.stem for path in folder.glob("*.txt")} - {
        "parts",
        "ring_parts",
        "agreement_parts",
        "day_parts",
    }
    unnamed = {stem for stem in stems if f'"{stem}"' not in source and f"email/{stem}.txt" not in source}

    assert unnamed == set()
