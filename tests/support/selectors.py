"""The few CSS selectors that tests need, over the tree that html5lib builds.

Understood: `tag`, `#id`, `.class`, `[name]`, `[name="value"]`, `[name^="start"]`, `[name$="end"]`, `[name*="part"]`,
any of these together, and the descendant (`a b`) and child (`a > b`) combinators. Anything else is an error.
"""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

_PART = re.compile(
    r"""(?P<tag>^[a-zA-Z][\w-]*|^\*)|\#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)
    |\[(?P<name>[\w:-]+)(?:(?P<how>[\^$*]?=)(?P<quote>["']?)(?P<value>[^\]]*?)(?P=quote))?\]""",
    re.VERBOSE,
)
_STEP = re.compile(r"""\s*(>)?\s*((?:\[[^\]]*\]|[^\s>\[])+)""")
_COMPARE: dict[str, Callable[[str, str], bool]] = {
    "=": str.__eq__,
    "^=": str.startswith,
    "$=": str.endswith,
    "*=": str.__contains__,
}


def select(root: Element, selector: str) -> list[Element]:
    """The elements under `root` that match, in the order of the page."""
    position, found = 0, [root]
    while position < len(selector.rstrip()):
        step = _STEP.match(selector, position)
        if step is None:
            raise ValueError(f"this selector is not understood: {selector}")
        position = step.end()
        candidates = _children(found) if step[1] else _descendants(found)
        found = [element for element in candidates if _matches(element, step[2])]
    return found


def _children(parents: list[Element]) -> Iterator[Element]:
    return (child for parent in parents for child in parent)


def _descendants(ancestors: list[Element]) -> Iterator[Element]:
    seen: set[Element] = set()
    for ancestor in ancestors:
        for element in ancestor.iter():
            if element is not ancestor and element not in seen:
                seen.add(element)
                yield element


def _matches(element: Element, compound: str) -> bool:
    if not isinstance(element.tag, str):  # a comment
        return False
    position, matches = 0, True
    while position < len(compound):
        part = _PART.match(compound, position)
        if part is None:
            raise ValueError(f"this part of a selector is not understood: {compound}")
        matches = matches and _has(element, part)
        position = part.end()
    return matches


def _has(element: Element, part: re.Match[str]) -> bool:
    if part["tag"]:
        return part["tag"] in {"*", element.tag}
    if part["id"]:
        return element.get("id") == part["id"]
    if part["class"]:
        return part["class"] in element.get("class", "").split()
    value = element.get(part["name"])
    return value is not None and (part["how"] is None or _COMPARE[part["how"]](value, part["value"]))
