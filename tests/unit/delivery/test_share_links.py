"""Links of WhatsApp and e-mail: what a message says survives them exactly."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.delivery.share_links import MAX_MAILTO_LENGTH, is_too_long_for_mailto, mailto_link, whatsapp_link

TEXTS = [
    "Hola, Ana.\nSegunda línea\n\nCuarta",
    "100 % & más #1 + 2 = 3 ; ? / \\",
    "«¿Sí?» “No” 'a' \"b\" `c`",
    "👩‍👩‍👧‍👦 ❤️ 🏳️‍🌈 日本語",
    "https://meet.zelta.example/m/98f5?p=c936&x=%20",
    "  spaces  and\ttab ",
]
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))


def read_whatsapp(link: str) -> str:
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("https", "wa.me", "")
    return parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)["text"][0]


def read_mailto(link: str) -> tuple[str, str, str]:
    """Recipient, subject and body, read by RFC 6068: + is itself."""
    address, _, query = link.removeprefix("mailto:").partition("?")
    fields = dict(part.split("=", 1) for part in query.split("&"))
    assert set(fields) == {"subject", "body"}
    return unquote(address), unquote(fields["subject"]), unquote(fields["body"]).replace("\r\n", "\n")


@pytest.mark.parametrize("text", TEXTS)
def test_text_survives_whatsapp(text: str) -> None:
    assert read_whatsapp(whatsapp_link(text)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_text_survives_mailto(text: str) -> None:
    link = mailto_link("ana+turnos@example.org", "Más & más: #1", text)
    assert read_mailto(link) == ("ana+turnos@example.org", "Más & más: #1", text)


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_text_survives_both(text: str) -> None:
    assert read_whatsapp(whatsapp_link(text)) == text
    assert read_mailto(mailto_link("a@example.org", "s", text))[2] == text


@settings(deadline=None)
@given(st.text(st.characters(categories=None)))
def test_links_are_ascii_without_spaces_or_quotes(text: str) -> None:
    for link in (whatsapp_link(text, "+50766123344"), mailto_link(text, text, text)):
        assert link.isascii()
        assert not set(link) & set(" \"'<>\n\r")


def test_encoding_is_exact() -> None:
    assert whatsapp_link("a b\nñ+%&#😀") == "https://wa.me/?text=a%20b%0A%C3%B1%2B%25%26%23%F0%9F%98%80"
    assert (
        mailto_link("ana@example.org", "S t", "a\nb") == "mailto:ana@example.org?subject=S%20t&body=a%0D%0Ab"
    )


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\n"])
def test_each_kind_of_line_break_becomes_that_of_the_link(line_break: str) -> None:
    assert whatsapp_link(f"a{line_break}b").endswith("text=a%0Ab")
    assert mailto_link(None, "", f"a{line_break}b") == "mailto:?subject=&body=a%0D%0Ab"


def test_phone_is_written_without_plus() -> None:
    assert whatsapp_link("hola", "+50766123344") == "https://wa.me/50766123344?text=hola"


@pytest.mark.parametrize(
    "phone", [None, "", "6612-3344", "+0123456789", "+507 6612 3344", "+507661233441234567"]
)
def test_what_is_no_e164_number_leaves_the_recipient_open(phone: str | None) -> None:
    assert whatsapp_link("hola", phone) == "https://wa.me/?text=hola"


@pytest.mark.parametrize(
    "email",
    [
        "o'hara&co@example.org",
        "a?b#c%d=e/f@example.org",
        "ñandú@ejemplo.org",
        "a,b@example.org",
    ],
)
def test_characters_of_an_address_do_not_change_the_link(email: str) -> None:
    assert read_mailto(mailto_link(email, "s", "b")) == (email, "s", "b")


def test_address_cannot_add_fields() -> None:
    link = mailto_link("a@example.org?bcc=b@example.org", "s\r\nBcc: b@example.org", "b")
    assert link.count("?") == 1
    assert read_mailto(link)[1] == "s Bcc: b@example.org"


def test_length_of_a_mailto_link_is_limited() -> None:
    rest = len(mailto_link("a@example.org", "s", ""))
    assert not is_too_long_for_mailto(mailto_link("a@example.org", "s", "a" * (MAX_MAILTO_LENGTH - rest)))
    assert is_too_long_for_mailto(mailto_link("a@example.org", "s", "a" * (MAX_MAILTO_LENGTH - rest + 1)))
    # What counts is the encoded text: each of these letters takes six characters.
    assert is_too_long_for_mailto(mailto_link("a@example.org", "s", "ñ" * (MAX_MAILTO_LENGTH // 6)))
