"""Links that open a message in WhatsApp or in an e-mail program. Following one sends nothing: the person does."""

import re
from urllib.parse import quote

MAX_MAILTO_LENGTH = 2000
"""Characters of a `mailto:` link that the common e-mail programs open; beyond, some cut it and some do nothing."""

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def whatsapp_link(text: str, phone: str | None = None) -> str:
    """A link that opens WhatsApp with a text.

    Args:
        text: the message.
        phone: to whom, in E.164 (`+50766123344`); without it, or with anything else, WhatsApp asks for the recipient.
    """
    number = phone[1:] if phone and _E164.fullmatch(phone) else ""
    return f"https://wa.me/{number}?text={_encode(_LINE_BREAK.sub(chr(10), text))}"


def mailto_link(email: str | None, subject: str, body: str) -> str:
    """A link that opens an e-mail in the reader's program (RFC 6068); without an address the recipient is left open."""
    # Every character that has a meaning in a link is encoded; the @ between local part and domain has none here.
    recipient = _encode(email or "").replace("%40", "@")
    lines = _LINE_BREAK.sub("\r\n", body)
    return f"mailto:{recipient}?subject={_encode(' '.join(subject.split()))}&body={_encode(lines)}"


def is_too_long_for_mailto(link: str) -> bool:
    """Whether e-mail programs may cut a `mailto:` link, or not open it."""
    return len(link) > MAX_MAILTO_LENGTH


def _encode(text: str) -> str:
    # A space is %20: in a mailto link, + means itself. Half of a surrogate pair has no UTF-8.
    return quote(text, safe="", errors="replace")
