"""Domains that are nearly a well-known one, and those that only look so."""

import pytest

from app.list_parser import LineKind, LineProblem, read_text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((f"{typo}.com", "gmail.com") for typo in ("gmial", "gamil", "gmal", "gmil", "gmai", "gmaill", "gmsil", "ggmail")),
        *((f"gmail.{end}", "gmail.com") for end in ("con", "co", "cm", "om", "comm", "es", "com.mx", "cmo")),
        *((f"{typo}.com", "hotmail.com") for typo in ("hotmial", "hotmal", "hotmai", "hotmil", "hormail", "hotmaill")),
        ("hotmail.con", "hotmail.com"),
        ("hotmail.co", "hotmail.com"),
        ("hotmial.es", "hotmail.es"),
        ("outlok.com", "outlook.com"),
        ("outlook.co", "outlook.com"),
        ("yaho.com", "yahoo.com"),
        ("yahooo.com", "yahoo.com"),
        ("yahoo.con", "yahoo.com"),
        ("yaho.com.mx", "yahoo.com.mx"),
        ("iclod.com", "icloud.com"),
        ("GMIAL.COM", "gmail.com"),
        ("gmial.con", "gmail.com"),
        ("empresa.con", "empresa.com"),
        ("fundacion.ogr", "fundacion.org"),
    ],
)  # fmt: skip
def test_a_slip_is_seen(typed: str, meant: str) -> None:
    (line,) = read_text(f"Ana <Ana.L@{typed}>").lines
    assert (line.problem, line.suggestion) == (LineProblem.MISTYPED_DOMAIN, f"Ana.L@{meant}")
    assert line.person
    assert line.person.email == f"Ana.L@{typed}"


@pytest.mark.parametrize(
    "domain",
    [
        *("gmail.com", "Gmail.com", "googlemail.com", "hotmail.com", "hotmail.es", "hotmail.com.ar", "hotmail.fr"),
        *("outlook.com", "outlook.es", "outlook.com.br", "yahoo.com", "yahoo.es", "yahoo.com.mx", "yahoo.co.uk"),
        *("icloud.com", "me.com", "live.com", "love.com", "mail.com", "email.com", "ymail.com", "gmx.com", "jmail.com"),
        *("cloud.com", "example.org", "utp.ac.pa", "correo.com", "acme.co", "mail.acme.com", "gmail.example.org.pa"),
        *("hotel.com", "ñandú.com", "gail.co.in", "tmail.com"),
    ],
)  # fmt: skip
def test_a_domain_of_its_own_is_left_alone(domain: str) -> None:
    (line,) = read_text(f"Ana <ana@{domain}>").lines
    assert (line.kind, line.suggestion) == (LineKind.PERSON, None)
