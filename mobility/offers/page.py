"""A saved web page: its JSON-LD blocks, and its microdata as the same kind of objects."""

import html
from dataclasses import dataclass, field

from lxml import etree

from mobility.offers.linked_data import Node

_VALUE_ATTRIBUTES = ("content", "datetime", "href", "src")
_VOID = {"br", "hr", "img", "meta", "link", "input", "wbr"}
_MOST_OPEN_VALUES = 5


@dataclass(slots=True)
class Page:
    """What a page says to machines: the text of its JSON-LD blocks, its microdata and its own address."""

    blocks: list[str] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    address: str = ""


def read_page(text: str) -> Page:
    """Read a page of any depth and disorder; what cannot be read of it is left out."""
    parser = etree.HTMLParser(target=_Reader())
    try:
        parser.feed(text)
        page: Page = parser.close()
    except etree.LxmlError:
        return Page()
    return page


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet: it may carry an item, or a value that is being collected."""

    item: Node | None = None
    names: tuple[str, ...] = ()
    owner: Node | None = None
    start: int = 0


class _Reader:
    """Takes the parser's events. Values keep their tags, for a description's lists are in them."""

    def __init__(self) -> None:
        self.page = Page()
        self.block: list[str] | None = None
        self.open: list[_Open] = []
        self.items: list[Node] = []
        self.pieces: list[str] = []
        self.collecting = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "script" and "ld+json" in attributes.get("type", "").lower():
            self.block = []
        elif tag == "link" and "canonical" in attributes.get("rel", "").lower():
            self.page.address = attributes.get("href", "")
        if self.collecting:
            self.pieces.append(f"<{tag}>")
        self.open.append(self._opened(tag, attributes))

    def _opened(self, tag: str, attributes: dict[str, str]) -> _Open:
        names = tuple(attributes.get("itemprop", "").split()[:5])
        owner = self.items[-1] if self.items else None
        if "itemscope" in attributes:
            return self._opened_item(names, owner, attributes)
        if not names or owner is None:
            return _Open()
        value = next((attributes[name] for name in _VALUE_ATTRIBUTES if attributes.get(name)), "")
        if value or tag in _VOID or self.collecting >= _MOST_OPEN_VALUES:
            _add(owner, names, value)
            return _Open()
        self.collecting += 1
        return _Open(names=names, owner=owner, start=len(self.pieces))

    def _opened_item(self, names: tuple[str, ...], owner: Node | None, attributes: dict[str, str]) -> _Open:
        item: Node = {"@type": attributes.get("itemtype", "").rpartition("/")[2]}
        if names and owner is not None:
            _add(owner, names, item)
        else:
            self.page.items.append(item)
        self.items.append(item)
        return _Open(item=item)

    def end(self, tag: str) -> None:
        if self.block is not None and tag == "script":
            self.page.blocks.append("".join(self.block))
            self.block = None
        if not self.open:
            return
        closed = self.open.pop()
        if closed.item is not None:
            self.items.pop()
        if closed.owner is not None:
            self._keep_value(closed, closed.owner)
        if self.collecting and tag not in _VOID:
            self.pieces.append(f"</{tag}>")

    def _keep_value(self, closed: _Open, owner: Node) -> None:
        _add(owner, closed.names, "".join(self.pieces[closed.start :]))
        self.collecting -= 1
        if not self.collecting:
            self.pieces.clear()

    def data(self, data: str) -> None:
        if self.block is not None:
            self.block.append(data)
        elif self.collecting:
            self.pieces.append(html.escape(data, quote=False))

    def close(self) -> Page:
        return self.page


def _add(owner: Node, names: tuple[str, ...], value: Node | str) -> None:
    """A property that comes twice has a list of values, as in JSON-LD."""
    for name in names:
        earlier = owner.setdefault(name, value)
        if isinstance(earlier, list):
            earlier.append(value)
        elif earlier is not value:
            owner[name] = [earlier, value]
