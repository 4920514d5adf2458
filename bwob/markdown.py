"""Rich text: Markdown that people write, rendered to HTML that cannot do harm."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote"}
PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "code", "fence", "heading"]
)


def render(text: str) -> SafeString:
    """HTML with the few tags of TAGS only; links open nothing but https, http and mailto, and pass on no
    rank.
    """
    html = PARSER.render(text)
    return mark_safe(  # noqa: S308 - nh3 removes everything outside the allow-list
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}, "*": set()},
            url_schemes={"https", "http", "mailto"},
            link_rel="nofollow noopener",
        )
    )
