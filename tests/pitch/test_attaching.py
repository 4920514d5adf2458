"""Files beside a plan: what they are is read from their content, never from their name."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pitch.models import Attachment
from tests.pitch import editions

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (SVG, "drawing.png", 422),
        (b"<html><script>alert(1)</script>", "page.pdf", 422),
        (b"\x89PNG\r\n\x1a\n" + SVG, "drawing.png", 422),
        (b"", "empty.png", 422),
        (PNG + b"x" * 5 * 1024 * 1024, "large.png", 422),
        (PNG, "drawing.svg", 302),
    ],
    ids=["SVG", "HTML", "half a PNG", "nothing", "too large", "a PNG"],
)
def test_an_svg_named_png_is_refused_and_a_picture_is_served_as_what_it_is(client, content, name, status):
    round_ = editions.up_to("open", plans=1, jurors=0)
    entry = round_.plans[0]
    client.force_login(entry.lead)
    page = reverse("pitch:attach", args=[entry.key])

    answer = client.post(page, {"file": SimpleUploadedFile(name, content, "image/png")})

    assert answer.status_code == status
    assert Attachment.objects.count() == (status == 302)
    for file in Attachment.objects.all():
        shown = client.get(reverse("pitch:attachment", args=[entry.key, file.pk]))
        assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
        assert name not in shown["Content-Disposition"]
