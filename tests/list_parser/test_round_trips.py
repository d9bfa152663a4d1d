"""People who are written in a usual form are read back as they were."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.list_parser import read_text

QUICK = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.text("aáñÑbcDEéüÖ'-", min_size=2, max_size=8).filter(
    lambda word: word[0].isalpha() and word[-1].isalpha() and word[:1] + word[-1:] != "''"
)
NAMES = st.lists(WORDS, min_size=2, max_size=4).map(" ".join)
COMMA_NAMES = st.tuples(NAMES, WORDS).map(", ".join)
EMAILS = st.from_regex(r"[a-z]{2,8}[0-9]{0,2}@[a-z]{4,9}\.(org|ac\.pa)", fullmatch=True)
PEOPLE = st.lists(st.tuples(NAMES, EMAILS), min_size=1, max_size=5, unique_by=lambda person: person[1])
COMMA_PEOPLE = st.lists(
    st.tuples(NAMES | COMMA_NAMES, EMAILS), min_size=1, max_size=5, unique_by=lambda person: person[1]
)


def read_back(text: str) -> list[tuple[str, str | None]]:
    return [(line.person.name, line.person.email) for line in read_text(text).people if line.person]


@pytest.mark.parametrize(
    "form", ["{0} {1}", "{0}\t{1}", "{1},{0}", "{0}, {1}", "{1};{0}", "{0} ({1})", "7. {0} - {1}"]
)
@given(people=PEOPLE)
@settings(QUICK, max_examples=15)
def test_people_written_in_lines_come_back(form: str, people: list[tuple[str, str]]) -> None:
    assert read_back("\n".join(form.format(*person) for person in people)) == people


@pytest.mark.parametrize("between", ["\n", "; ", ", ", ";\n", " "])
@pytest.mark.parametrize("form", ["{0} <{1}>", '"{0}" <{1}>', "• {0} <mailto:{1}>"])
@given(people=COMMA_PEOPLE)
@settings(QUICK, max_examples=15)
def test_people_written_as_mailboxes_come_back(
    form: str, between: str, people: list[tuple[str, str]]
) -> None:
    form = form if "\n" in between else form.replace("• ", "")
    assert read_back(between.join(form.format(*person) for person in people)) == people


@pytest.mark.parametrize("header", ["Nombre;Correo\n{}", "Correo,Nombre\n{}", "Full name\tE-mail\n{}"])
@given(people=COMMA_PEOPLE)
@settings(QUICK, max_examples=15)
def test_people_written_as_tables_come_back(header: str, people: list[tuple[str, str]]) -> None:
    form = {";": '"{0}";{1}', ",": '{1},"{0}"', "\t": "{0}\t{1}"}[
        next(one for one in "\t;," if one in header)
    ]
    assert read_back(header.format("\n".join(form.format(*person) for person in people))) == people
