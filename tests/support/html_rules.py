"""What every page of Convoca must keep, whatever it shows. `flaws` lists what a page breaks, in words."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as PARSE_ERRORS
from werkzeug.datastructures import Headers

from tests.support.selectors import select

FIELDS = ("input", "select", "textarea")
UNLABELLED_INPUTS = ("hidden", "submit", "button", "reset", "image")
REFERENCES = (
    "for",
    "form",
    "list",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-errormessage",
)


HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


# The time zones of a form take most of the time that its page takes.
LONG_OPTIONS = re.compile(r"(?:<option\b[^<>]*>[^<>]*</option>\s*){50,}")
PLACEHOLDER = "parsed-once"


def parse(html: str) -> tuple[Element, list[str]]:
    """The tree of a page, and each way in which its HTML is not well-formed; a long list of options is parsed once."""
    runs = LONG_OPTIONS.findall(html)

    def shorten(run: re.Match[str]) -> str:
        return f'<option value="{PLACEHOLDER}"></option>' + "\n" * run[0].count("\n")

    root, flaws = _parse(LONG_OPTIONS.sub(shorten, html) if runs else html)
    holders = [element for element in root.iter() if _placeholder(element) is not None] if runs else []
    for holder, run in zip(holders, runs, strict=True):
        place = _placeholder(holder)
        options, wrong = _parse_options(run)
        assert place is not None
        holder[place : place + 1] = deepcopy(options)
        flaws += wrong
    return root, flaws


def _placeholder(element: Element) -> int | None:
    return next((place for place, child in enumerate(element) if child.get("value") == PLACEHOLDER), None)


@lru_cache(maxsize=200)
def _parse_options(html: str) -> tuple[list[Element], list[str]]:
    root, flaws = _parse(f"<!DOCTYPE html><title>Options</title><select>{html}</select>")
    return list(select(root, "select")[0]), flaws


def _parse(html: str) -> tuple[Element, list[str]]:
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root: Element = parser.parse(html)
    lines = html.splitlines()
    return root, [
        f"line {line}: {PARSE_ERRORS[code] % details}: {lines[line - 1].strip()[:120] if line <= len(lines) else ''}"
        for (line, _), code, details in parser.errors
    ]


def header_flaws(headers: Headers) -> Iterator[str]:
    """What is wrong with the headers of an answer that carries HTML."""
    for name, wanted in HEADERS.items():
        if headers.get(name) != wanted:
            yield f"header {name} is {headers.get(name)!r}, not {wanted!r}"
    if not headers.get("Cache-Control"):
        yield "header Cache-Control is missing"
    policy = headers.get("Content-Security-Policy", "")
    directives = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}
    for directive in ("default-src", "frame-ancestors"):
        if directives.get(directive) != ["'none'"]:
            yield f"Content-Security-Policy has no {directive} 'none': {policy!r}"
    # These do not fall back to default-src: left out, they allow everything.
    for directive in ("base-uri", "form-action"):
        if directive not in directives:
            yield f"Content-Security-Policy has no {directive}: {policy!r}"
    for loose in ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"):
        if any(loose in sources for sources in directives.values()):
            yield f"Content-Security-Policy allows {loose}: {policy!r}"


def page_flaws(root: Element, status: int, host: str) -> Iterator[str]:
    """What is wrong with a page that came with `status` from `host` (name and port)."""
    yield from _outline(root, status)
    yield from _ids(root)
    yield from _labels(root)
    yield from _inline_code(root)
    yield from _addresses(root, host)


def text_of(element: Element) -> str:
    """The text of an element as a reader meets it, with each run of white space as one space."""
    return " ".join("".join(element.itertext()).split())


def _outline(root: Element, status: int) -> Iterator[str]:
    if root.get("lang") not in {"es", "en"}:
        yield f"<html lang> is {root.get('lang')!r}"
    for selector in ("h1", "main", "head > title"):
        found = select(root, selector)
        if len(found) != 1 or not text_of(found[0]):
            yield f"{len(found)} {selector} instead of one with text"
    title = "".join(text_of(element) for element in select(root, "head > title"))
    if title.startswith("Error: ") != (status in {422, 429}):
        yield f"the title of a page with status {status} is {title!r}: 'Error: ' stands before it with 422 or 429, and only then"


def _ids(root: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id") is not None)
    yield from (f"id {name!r} occurs {count} times" for name, count in ids.items() if count > 1)
    yield from (
        f"id {name!r} is empty or holds a space" for name in ids if not name or re.search(r"\s", name)
    )
    for element in root.iter():
        for attribute in REFERENCES:
            for target in element.get(attribute, "").split():
                if target not in ids:
                    yield f'<{element.tag} {attribute}="{target}"> points to nothing'
        target = element.get("href", "")
        if target.startswith("#") and target != "#" and target[1:] not in ids:
            yield f'<a href="{target}"> points to nothing'


def _labels(root: Element) -> Iterator[str]:
    fields = [element for element in root.iter() if element.tag in FIELDS and _needs_label(element)]
    labels = select(root, "label")
    # A set of elements: ElementTree's are compared by identity.
    labelled: set[Element] = set()
    for label in labels:
        tied = [
            field
            for field in fields
            if (label.get("for") == field.get("id") if "for" in label.attrib else field in label.iter())
        ]
        if len(tied) != 1 or not text_of(label):
            yield f"<label> {text_of(label)!r} is tied to {len(tied)} fields"
        labelled.update(tied)
    for field in fields:
        if field not in labelled and not field.get("aria-label") and not field.get("aria-labelledby"):
            yield f"<{field.tag} name={field.get('name')!r}> has no label"
        if field.get("aria-invalid") == "true" and not field.get("aria-describedby"):
            yield f"<{field.tag} name={field.get('name')!r}> is invalid, and nothing says why"


def _needs_label(element: Element) -> bool:
    return not (element.tag == "input" and element.get("type", "text").lower() in UNLABELLED_INPUTS)


def _inline_code(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"an inline <{element.tag}>"
        for attribute, value in element.attrib.items():
            if attribute == "style" or attribute.startswith("on"):
                yield f"<{element.tag}> has an inline {attribute}"
            if value.strip().lower().startswith("javascript:"):
                yield f"<{element.tag} {attribute}> holds a script"


def _addresses(root: Element, host: str) -> Iterator[str]:
    for element in root.iter():
        target = urlsplit(element.get("href") or element.get("src") or element.get("action") or "")
        if not target.netloc or target.netloc == host:
            continue
        if element.tag not in {"a", "area"}:
            yield f"<{element.tag}> reaches out to {target.netloc}"
        elif not {"noopener", "noreferrer"} <= set(element.get("rel", "").split()):
            yield f'the link to {target.netloc} lacks rel="noopener noreferrer"'
