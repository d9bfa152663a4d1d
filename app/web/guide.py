"""The coordinators' guide: `docs/guia-rapida.md` as a page. It knows only the Markdown that this file uses."""

import re
from functools import cache

from flask import current_app
from markupsafe import Markup, escape

LISTS = {"ol": r"\d+\. ", "ul": "- "}


@cache
def read_guide() -> tuple[str, Markup]:
    """The title of the guide, and the HTML of the rest."""
    with current_app.open_resource("docs/guia-rapida.md", "r", encoding="utf-8") as file:
        title, *blocks = file.read().strip().split("\n\n")
    return title.removeprefix("# "), Markup("\n").join(_render_block(block) for block in blocks)


def _render_block(block: str) -> Markup:
    if block.startswith("## "):
        return Markup("<h2>{}</h2>").format(block.removeprefix("## "))
    for tag, marker in LISTS.items():
        if re.match(marker, block):
            items = re.split(rf"(?m)^{marker}", block)[1:]
            html = Markup().join(Markup("<li>{}</li>").format(_render_text(item)) for item in items)
            return Markup(f"<{tag}>{html}</{tag}>")  # noqa: S704 - our own words, escaped
    return Markup("<p>{}</p>").format(_render_text(block))


def _render_text(text: str) -> Markup:
    # The text is escaped before the marks become tags.
    html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", str(escape(text.strip())), flags=re.DOTALL)
    return Markup(html)  # noqa: S704
