"""Rich text is written by people: it becomes a few harmless tags, and nothing else."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bwob import markdown

TAG = re.compile(r"</?([a-z0-9]+)([^<>]*)>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("You write letters.", "<p>You write letters.</p>"),
        ("First\nsecond", "<p>First<br>\nsecond</p>"),
        ("**now** and *then*", "<p><strong>now</strong> and <em>then</em></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("5 < 6 & 7 > 6", "<p>5 &lt; 6 &amp; 7 &gt; 6</p>"),
        ("", ""),
        ("a <b>bold</b> tag", "<p>a &lt;b&gt;bold&lt;/b&gt; tag</p>"),
        (
            "[us](https://utrecht.example/a?b=1&c=2)",
            '<p><a href="https://utrecht.example/a?b=1&amp;c=2" rel="nofollow noopener">us</a></p>',
        ),
        (
            "[mail](mailto:hr@utrecht.example)",
            '<p><a href="mailto:hr@utrecht.example" rel="nofollow noopener">mail</a></p>',
        ),
    ],
)
def test_markdown_becomes_html(text, html):
    assert markdown.render(text).strip() == html


@pytest.mark.parametrize(
    "text", ["# Shout", "```\ncode\n```", "    indented", "![x](https://evil.example/x.png)"]
)
def test_headings_code_and_images_stay_text(text):
    html = markdown.render(text)

    assert not set(re.findall(r"<(h\d|pre|code|img)", html))


HOSTILE = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src=https://evil.example></iframe>",
    "<form action=https://evil.example><input name=password></form>",
    "<style>body{display:none}</style>",
    '<p style="position:fixed">x</p>',
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "[x](ftp://evil.example)",
    "[x](tel:+31900)",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "<javascript:alert(1)>",
    '<https://a.example/"onclick=alert(1)>',
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3C;script&#x3E;alert(1)",
    "**<b onclick=alert(1)>x</b>**",
    "- <details open ontoggle=alert(1)>",
    "\x00<script\x00>alert(1)",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
]


def harmless(html):
    """Only the few tags, with an address on links only, that opens nothing but pages and mail."""
    for tag, rest in TAG.findall(html):
        assert tag in {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote"}
        if rest.strip() not in ("", "/"):
            address = re.fullmatch(
                r' href="([^"]*)" rel="nofollow noopener"| rel="nofollow noopener"| start="\d+"', rest
            )
            assert address, rest
            assert not re.match(r"\s*(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", address[1] or "", re.IGNORECASE)
    assert not re.findall(r"<(?!/?[a-z0-9]+[^<>]*>)", html)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_is_left(text):
    harmless(markdown.render(text))


@given(
    st.lists(
        st.sampled_from([*HOSTILE, "\n\n", "- ", "> ", "[", "](", ")", "*", "_", "`", "<", ">", '"']),
        max_size=12,
    ).map("".join)
)
def test_nothing_hostile_is_left_however_it_is_put_together(text):
    harmless(markdown.render(text))


@given(st.text(max_size=300))
def test_any_text_is_harmless(text):
    harmless(markdown.render(text))


@pytest.mark.parametrize(
    "part",
    [
        "[",
        "](",
        "*a ",
        "**a",
        "> ",
        "- ",
        "\n- ",
        "  - a\n",
        "`",
        "<",
        "![",
        "a_b_",
        "(",
        "[x](",
        "&",
        "\\",
        "1. \n",
        "[a]: b\n",
    ],
)
def test_the_longest_text_is_rendered_at_once(part):
    text = (part * 6000)[:6000]
    start = time.process_time()

    markdown.render(text)

    assert time.process_time() - start < 1
