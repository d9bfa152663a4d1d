"""Links that open a message in WhatsApp or in an e-mail program; only the user can send it there."""

import re
from urllib.parse import quote

MAX_MAILTO_LENGTH = 2000
"""Maximum characters of a `mailto:` link: beyond, some e-mail programs truncate it or do not open it."""

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def whatsapp_link(text: str, phone: str | None = None) -> str:
    """A link that opens WhatsApp with a text.

    Args:
        text: the message.
        phone: the recipient, in E.164 (`+50766123344`); otherwise WhatsApp asks for the recipient.
    """
    number = phone[1:] if phone and _E164.fullmatch(phone) else ""
    return f"https://wa.me/{number}?text={_encode(_LINE_BREAK.sub(chr(10), text))}"


def mailto_link(email: str | None, subject: str, body: str) -> str:
    """A `mailto:` link (RFC 6068); without an address the recipient is empty."""
    # Encode all reserved characters except @, which is not special here.
    recipient = _encode(email or "").replace("%40", "@")
    lines = _LINE_BREAK.sub("\r\n", body)
    return f"mailto:{recipient}?subject={_encode(' '.join(subject.split()))}&body={_encode(lines)}"


def is_too_long_for_mailto(link: str) -> bool:
    """Whether e-mail programs may cut a `mailto:` link, or not open it."""
    return len(link) > MAX_MAILTO_LENGTH


def _encode(text: str) -> str:
    # A space is %20: in a mailto link, + is literal. Lone surrogates cannot be encoded in UTF-8.
    return quote(text, safe="", errors="replace")
