"""A form of a page: what a browser would send for it, as it stands and after a person filled it in."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Self
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element

from tests.support.html_rules import text_of
from tests.support.selectors import select

URLENCODED = "application/x-www-form-urlencoded"
Value = str | bool | list[str] | None


class Form:
    """A form and the values in it.

    Attributes:
        values: each field's name → the values that would be sent, in the order of the page; hidden ones (the CSRF token, the
            `submission_id`) included. Assign to it to forge what no browser would send.
        files: each file field's name → file name and content.
    """

    def __init__(self, root: Element, element: Element, page_url: str) -> None:
        self.element = element
        self._page_url = page_url
        self._controls = list(_controls(root, element))
        self._pressed: Element | None = None
        self.files: dict[str, tuple[str, IO[bytes]]] = {}
        self.values: dict[str, list[str]] = {}
        for control in self._controls:
            if not _is_button(control):
                self.values.setdefault(control.attrib["name"], []).extend(_initial(control))

    @property
    def method(self) -> str:
        """GET or POST."""
        return (self._from_button("formmethod") or self.element.get("method") or "get").upper()

    @property
    def action(self) -> str:
        """The absolute address that the form is sent to."""
        return urljoin(self._page_url, self._from_button("formaction") or self.element.get("action") or "")

    @property
    def encoding(self) -> str:
        """The content type of a POST."""
        return self.element.get("enctype") or URLENCODED

    @property
    def buttons(self) -> list[str]:
        """What stands on its submit buttons."""
        return [_caption(control) for control in self._controls if _is_button(control)]

    def fill(self, **values: Value) -> Self:
        """Type into fields, choose options (by value), check boxes (True, False or a list of values); None empties."""
        for name, value in values.items():
            controls = [control for control in self._controls if control.get("name") == name]
            assert controls, f"the form has no field {name!r}, but {sorted(self.values)}"
            self.values[name] = [_typed(controls, text) for text in _texts(controls, value)]
        return self

    def attach(self, name: str, filename: str, content: bytes) -> Self:
        """Choose a file for a file field."""
        assert name in self.values, f"the form has no field {name!r}, but {sorted(self.values)}"
        del self.values[name]
        self.files[name] = (filename, BytesIO(content))
        return self

    def press(self, button: str | None = None) -> Self:
        """Say which button submits the form, by its text or value; the first one, as with Enter, if None."""
        buttons = [control for control in self._controls if _is_button(control)]
        matching = [b for b in buttons if button is None or button in {_caption(b), b.get("value")}]
        assert matching or button is None, f"the form has no button {button!r}, but {self.buttons}"
        self._pressed = matching[0] if matching else None
        return self

    def entries(self) -> list[tuple[str, str]]:
        """The names and values to send, line ends as a browser sends them."""
        entries = [(name, value) for name, values in self.values.items() for value in values]
        if self._pressed is not None and self._pressed.get("name"):
            entries.append((self._pressed.attrib["name"], self._pressed.get("value", "")))
        return [
            (name, "\r\n".join(value.splitlines()) if "\n" in value else value) for name, value in entries
        ]

    def address_with_query(self) -> str:
        """Where a GET form leads."""
        return urlsplit(self.action)._replace(query=urlencode(self.entries()), fragment="").geturl()

    def _from_button(self, attribute: str) -> str | None:
        return None if self._pressed is None else self._pressed.get(attribute)


def _controls(root: Element, form: Element) -> Iterator[Element]:
    """The controls that belong to a form: those in it, and those elsewhere that name it."""
    inside = set(form.iter())
    disabled = {control for fieldset in select(root, "fieldset[disabled]") for control in fieldset.iter()}
    for control in root.iter():
        owned = control.get("form") == form.get("id", "") if "form" in control.attrib else control in inside
        is_control = control.tag in {"input", "select", "textarea", "button"}
        usable = "disabled" not in control.attrib and control not in disabled
        if is_control and owned and usable and (control.get("name") or _is_button(control)):
            yield control


def _is_button(control: Element) -> bool:
    kind = control.get("type", "submit" if control.tag == "button" else "text").lower()
    return control.tag in {"button", "input"} and kind in {"submit", "image"}


def _caption(button: Element) -> str:
    return text_of(button) or button.get("aria-label", "") or button.get("value", "")


def _initial(control: Element) -> list[str]:
    if control.tag == "button":
        return []
    if control.tag == "textarea":
        return ["".join(control.itertext())]
    if control.tag == "select":
        options = _options(control)
        chosen = [option for option in options if "selected" in option.attrib]
        # A closed list always has something chosen: its last choice, else its first option.
        chosen = chosen if "multiple" in control.attrib else (chosen[-1:] or options[:1])
        return [_option_value(option) for option in chosen]
    if _is_choice(control):
        return [control.get("value", "on")] if "checked" in control.attrib else []
    return [control.get("value", "")] if control.get("type") not in {"button", "reset"} else []


def _options(control: Element) -> list[Element]:
    return [option for option in control.iter("option") if "disabled" not in option.attrib]


def _option_value(option: Element) -> str:
    value = option.get("value")
    return text_of(option) if value is None else value


def _is_choice(control: Element) -> bool:
    return control.tag == "input" and control.get("type") in {"checkbox", "radio"}


def _texts(controls: list[Element], value: Value) -> list[str]:
    if isinstance(value, bool):
        return [control.get("value", "on") for control in controls if value]
    if value is None:
        return [] if _is_choice(controls[0]) or controls[0].tag == "select" else [""]
    return value if isinstance(value, list) else [value]


def _typed(controls: list[Element], text: str) -> str:
    """`text`, once it is sure that a person could have entered it here."""
    for control in controls:
        assert control.get("type") != "hidden", (
            f"nobody can type into the hidden field {control.get('name')!r}"
        )
    if controls[0].tag == "select":
        offered = [_option_value(option) for option in _options(controls[0])]
    elif _is_choice(controls[0]):
        offered = [control.get("value", "on") for control in controls]
    else:
        return text
    assert text in offered, f"{controls[0].get('name')!r} offers {offered}, not {text!r}"
    return text
