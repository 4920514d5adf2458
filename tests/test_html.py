"""What is looked for in every page (tests/sight/manners.py) is found when it is there."""

import pytest

from tests.sight.manners import faults


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("<p><div></p>", "line 1"),
        ('<b id="x"></b><i id="x"></i>', "id x stands 2 times"),
        ("<h1>One</h1><h1>Two</h1>", "3 × h1"),
        ("<h3>Deep</h3>", "h1 is followed by h3"),
        ('<input name="q">', "no label for q"),
        ('<a href="/x"><img src="/x.svg" alt=""></a>', "no text in a /x"),
        ('<img src="/x.svg">', "no alt for /x.svg"),
        ('<p style="color: red">', "inline: <p style="),
        ("<script>alert(1)</script>", "inline: <script>"),
        ('<p aria-describedby="none">', "aria-describedby names none"),
    ],
)
def test_a_fault_is_found(wrong, fault):
    page = f'<!doctype html><html lang="en"><title>T</title><main><h1>H</h1>{wrong}</main></html>'

    assert [line for line in faults(page) if fault in line] != []


def test_a_good_page_has_no_faults():
    page = '<!doctype html><html lang="en"><title>T</title><body><main><h1>H</h1></main></body></html>'

    assert [*faults(page)] == []
