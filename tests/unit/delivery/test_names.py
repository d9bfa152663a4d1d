"""How a message addresses a person."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.delivery.names import first_name


@pytest.mark.parametrize(
    ("full_name", "called"),
    [
        ("Ana Arias", "Ana"),
        ("Ana", "Ana"),
        ("  Ana   Arias ", "Ana"),
        ("Ana de León", "Ana"),
        ("Arias, Ana", "Ana"),
        ("De León Ríos, Ana María", "Ana"),
        ("Ana Arias,", "Ana"),
        ("María del Carmen Ruiz", "María del Carmen"),
        ("María de los Ángeles Ruiz", "María de los Ángeles"),
        ("María José Pérez", "María"),
        ("Ñandú Ríos", "Ñandú"),
        ("Jean-Luc Martin", "Jean-Luc"),
        ("D'Angelo Ruiz", "D'Angelo"),
        ("Dra. Ana Arias", "Dra. Ana Arias"),
        ("Dr Luis Paz", "Dr Luis Paz"),
        ("Ing. Luis Paz", "Ing. Luis Paz"),
        ("Sra. Paz", "Sra. Paz"),
        ("Mr Smith", "Mr Smith"),
        ("A. Arias", "A. Arias"),
        ("J Pérez", "J Pérez"),
        ("Ma. Fernanda Ríos", "Ma. Fernanda Ríos"),
        ("山田太郎", "山田太郎"),
        ("", ""),
    ],
)
def test_first_name_of(full_name: str, called: str) -> None:
    assert first_name(full_name) == called


@settings(deadline=None)
@given(st.text())
def test_first_name_is_part_of_the_name_and_says_something_if_it_does(full_name: str) -> None:
    called = first_name(full_name)
    assert called in " ".join(full_name.split())
    assert bool(called) == bool(full_name.strip())
