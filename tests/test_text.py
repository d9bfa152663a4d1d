"""Cleaning, comparing and reading of what people type, whatever they type."""

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.utils.text import (
    email_key,
    extract_meeting_id,
    fold_for_search,
    has_control_characters,
    is_blank,
    is_valid_email,
    normalize_text,
    strip_control_characters,
)


def typed(table: str) -> list[str]:
    return [text for text in re.split(r" *[|\n] *", table) if text]


STRIPPED = list("\x00\t\n\x1f\x7f\x85\u200b\u2060\ufeff\u202a\u202e\u2066\u2069")
KEPT = [
    *typed(
        """
    José Ñandú | Åsa | 日本語 会議 | עברית | שלום‎ה | नमस्ते | क्‍ष | می‌خواهم | ﬁn | Straße | <b>{{ 7*7 }}</b>
    👩‍👩‍👧‍👦 reunión | 🏳️‍🌈 | ❤️ | McDONALD o'Brien | ‍
    """
    ),
    *("a\u00adb", "a\xa0b", "a\u2028b"),
]
ANY_TEXT = (
    st.text()
    | st.text(st.characters(categories=None))
    | st.text("\ud83d\udc00\x00\u200b\u200d\u0345\u0301İıßs A@.-")
)


@given(ANY_TEXT)
def test_clean_is_done_at_once_and_adds_nothing(raw: str) -> None:
    cleaned = normalize_text(raw)
    normal = unicodedata.normalize("NFC", raw)
    assert normalize_text(cleaned) == cleaned
    assert cleaned in normal
    assert unicodedata.is_normalized("NFC", cleaned)
    taken = normal.replace(cleaned, "", 1) if cleaned else normal
    assert all(has_control_characters(character) or character.isspace() for character in taken)
    assert not any(
        has_control_characters(edge)
        for edge in (cleaned[:1], cleaned[-1:])
        if not "\ud800" <= edge <= "\udfff"
    )


@pytest.mark.parametrize("text", KEPT)
def test_all_else_is_kept_as_typed(text: str) -> None:
    assert normalize_text(f" \u200b{text}\n\u202c") == unicodedata.normalize("NFC", text)
    assert not has_control_characters(text)


@given(st.text(st.sampled_from("👩👨👧🏽❤🏳🌈\ufe0f\u200d\u200cñn\u0303a"), min_size=1))
def test_joined_emoji_survive(text: str) -> None:
    assert normalize_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("character", [*STRIPPED, "\xa0", "\u2003"])
def test_stripped_at_the_edges(character: str) -> None:
    assert normalize_text(f"{character} Ana{character}") == "Ana"
    assert normalize_text(character) == ""


@pytest.mark.parametrize("character", [*STRIPPED, "\ud800"])
def test_refused_inside(character: str) -> None:
    assert has_control_characters(f"A{character}na")
    assert has_control_characters(character)


@given(ANY_TEXT)
def test_what_is_forbidden_can_be_taken_out(text: str) -> None:
    assert not has_control_characters(strip_control_characters(text))
    assert has_control_characters(text) or strip_control_characters(text) == text


def test_forbidden_is_exactly_what_is_named() -> None:
    named = {0x200B, 0x2060, 0xFEFF, *range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F)}
    named |= {*range(0x2066, 0x206A), *range(0xD800, 0xE000)}
    assert {number for number in range(sys.maxunicode + 1) if has_control_characters(chr(number))} == named


@pytest.mark.parametrize(
    "text", ["", " ", "\u200d", "\u200e\u00ad", "\xa0\n", *"\u3164\u115f\u1160\u2800\ufe0f\u034f"]
)
def test_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "0", ".", "👩‍👧", "\u3164a", "日", "́", "\u200d-"])
def test_not_blank(text: str) -> None:
    assert not is_blank(text)


@given(ANY_TEXT)
def test_cleaning_never_makes_a_text_blank(raw: str) -> None:
    assert is_blank(raw) == is_blank(normalize_text(raw))


FOLDED = [
    *typed("Muñoz=munoz | STRASSE=strasse | Straße=strasse | İstanbul=istanbul | Işık=isik | ﬁn=fin | ᾳ=αι"),
    *typed("ΣΊΣΥΦΟΣ=σισυφοσ | ＡＢ=ab | Jose\u0301=jose | a\u00adb\u200d=ab | x\x00\ud800y=xy | ="),
    *("José\u00a0 María\t=jose maria", "\u0301="),
]


@pytest.mark.parametrize(("text", "found"), [case.split("=") for case in FOLDED])
def test_fold(text: str, found: str) -> None:
    assert fold_for_search(text) == found


@given(ANY_TEXT)
@example("\u1e9e\u0345\u0301")
def test_fold_is_settled_and_can_be_stored(text: str) -> None:
    folded = fold_for_search(text)
    assert fold_for_search(folded) == folded
    assert "\x00" not in folded
    assert folded == " ".join(folded.split())
    folded.encode()


def test_no_letter_of_unicode_keeps_its_case_or_its_accent() -> None:
    for letter in map(chr, range(sys.maxunicode + 1)):
        forms = {letter.upper(), letter.lower(), letter.casefold(), unicodedata.normalize("NFD", letter)}
        for form in forms - {letter}:
            assert fold_for_search(form) == fold_for_search(letter), ascii(letter)


# Their capitals are lossy, so that no comparing key can see through them: dotless i, and the subscript iota's order.
CASED = st.text(st.characters(exclude_characters="ı\u0345"), max_size=40)


@given(
    CASED, st.sampled_from(["ejemplo.test", "REUNIÓN.mx", "bücher.example", "xn--bcher-kva.example", "a.b"])
)
def test_email_key_ignores_case_and_spaces(local: str, domain: str) -> None:
    email = f"{local}x@{domain}"
    key = email_key(email)
    assert key == email_key(email.upper()) == email_key(email.lower()) == email_key(f" {email}\u200b\n")
    assert email_key(key) == key


@given(ANY_TEXT | ANY_TEXT.map("a@xn--{}.mx".format) | st.text("xn-@.aA0ß\u00fc").map("@xn--".__add__))
def test_email_key_of_anything_is_settled(text: str) -> None:
    key = email_key(text)
    assert email_key(key) == key
    assert not any(character.isspace() for character in key)
    key.encode()


SAME = typed(
    """
    Ana@Ejemplo.COM = ana@ejemplo.com | ａna@x.mx = ana@x.mx | a@bücher.de = a@xn--bcher-kva.de | a@x。mx = a@x.mx
    a@BÜCHER.de = a@XN--BCHER-KVA.DE | a@mail.xn--bcher-kva.de = a@mail.bücher.de
    """
)


@pytest.mark.parametrize(
    ("one", "other"), [case.split(" = ") for case in [*SAME, "jose\u0301@x.mx = JOSÉ@x.mx"]]
)
def test_one_address_in_two_spellings(one: str, other: str) -> None:
    assert email_key(one) == email_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jose@x.mx", "josé@x.mx"),
        ("a.b@x.mx", "ab@x.mx"),
        ("a+1@x.mx", "a@x.mx"),
        ("a@bucher.de", "a@bücher.de"),
    ],
)
def test_two_addresses_stay_two(one: str, other: str) -> None:
    assert email_key(one) != email_key(other)


EMAILS = typed(
    """
    ana@ejemplo.com | Ana.Ruiz+zelta@sub.ejemplo.co | ana@convoca.test | ana@casa.local | ana@x.invalid | ana@x.example
    ñandú@reunión.mx | 用户@例子.广告 | a@xn--bcher-kva.de | o'brien@x.ie | a@x.localhost
    """
)
NO_EMAILS = [
    *typed(
        """
    ana | ana@ | @x.mx | ana@localhost | ana@x | a@b@x.mx | ana@x..mx | ana@.mx | ana@x.mx. | .a@x.mx | a na@x.mx
    Ana <ana@x.mx> | <ana@x.mx> | "a b"@x.mx | "ana"@x.mx | ana@[127.0.0.1] | ana@127.0.0.1 | ana@-x.mx | ana@x.mx,b@x.mx
    """
    ),
    *("", " ana@x.mx", "ana@x.mx\n", "a\x00na@x.mx", "a\u200bna@x.mx", "\ud800@x.mx", f"a@{'x.' * 130}mx"),
]


@pytest.mark.parametrize("email", EMAILS)
def test_valid_emails(email: str) -> None:
    assert is_valid_email(email)


@pytest.mark.parametrize("email", NO_EMAILS)
def test_invalid_emails(email: str) -> None:
    assert not is_valid_email(email)


@given(ANY_TEXT | ANY_TEXT.map("a@{}.mx".format) | ANY_TEXT.map("{}@x.mx".format) | st.emails())
def test_any_text_is_an_email_or_not(text: str) -> None:
    assert is_valid_email(text) in {True, False}


PASTED = typed(
    """
    abc | /m/abc?p=9 | /m/abc/ | x.mx/m/abc | https://x/m/abc/?p=1#top | https://x/m/%61bc | https://x/m/abc/join
    Únase: https://x/m/abc?p=1 | (vea https://x/m/abc). | <https://x/m/abc> | href="https://x/m/abc"
    https://meet.zelta.example/app/v2/m/abc | https://x/m/m/abc | https://x/#/m/abc | Reunión /m/abc a las diez
    https://x/m/abc?next=/m/other | https://x/?go=/m/abc
    """
)
NO_ID = [
    *typed(
        "hola mundo | https://example.com/ | /m/?p=3 | /m/ | https://x/m//abc | https://x/m | ... | --- | /M/abc"
    ),
    *typed("a/b | a?b | a#b | a&b | a=b | <abc> | \"abc\" | 'abc' | a\\b | ab\u200bc | a\x00b | a\ud800b"),
    *typed("/m/%00a | /m/a%2Fb | /m/a%20b | /m/%ff | /m/.. | /m/%2e%2e"),
    *("", " ", "x" * 256, "/m/" + "x" * 256),
]


@pytest.mark.parametrize("text", PASTED)
def test_the_id_in_what_was_pasted(text: str) -> None:
    assert extract_meeting_id(text) == "abc"


@pytest.mark.parametrize("found", ["mtg_7f-A.1", "reunión-ñ", "x" * 255, "m"])
def test_ids_of_any_kind(found: str) -> None:
    assert extract_meeting_id(found) == extract_meeting_id(f"https://x/m/{found}?p=1") == found


@pytest.mark.parametrize("text", NO_ID)
def test_no_id_in_it(text: str) -> None:
    assert extract_meeting_id(text) is None


@given(ANY_TEXT | ANY_TEXT.map("https://x/m/{}?p=1".format))
def test_an_id_is_always_one_sound_word(text: str) -> None:
    found = extract_meeting_id(text)
    if found is not None:
        assert 1 <= len(found) <= 255
        assert found.isprintable()
        assert not set(found) & set(" /?#&=<>\"'\\")
        encoded = "".join(f"%{byte:02x}" for byte in found.encode())
        assert extract_meeting_id(f"https://x/app/m/{encoded}?p=1") == found


@pytest.mark.parametrize(
    "text", ["/m" * 500_000, "x" * 1_000_000, "/m/" * 300_000, "%" * 1_000_000, "\u0301" * 200_000]
)
def test_long_texts_take_no_long_time(text: str) -> None:
    assert extract_meeting_id(text) in {None, "m"}
    assert not is_valid_email(text)
    assert len(fold_for_search(text)) <= len(text)


def test_every_space_of_unicode_goes_from_the_edges() -> None:
    for space in filter(str.isspace, map(chr, range(sys.maxunicode + 1))):
        assert normalize_text(f"{space}a{space}") == "a", hex(ord(space))
