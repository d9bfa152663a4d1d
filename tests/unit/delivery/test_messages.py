"""Messages: templates, placeholders, first names, dates and times, and what a message never holds."""

import dataclasses
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.delivery.default_messages import DEFAULT_TEMPLATES, SUBJECT_TEMPLATES, MessageKind
from app.delivery.messages import (
    LANGUAGES,
    MAX_TEMPLATE_LENGTH,
    PLACEHOLDERS,
    DeadLinkError,
    EmptyTemplateError,
    MessageContext,
    TemplateTooLongError,
    UnknownPlaceholderError,
    default_template,
    render_message,
    render_subject,
    translate_placeholders,
    validate_template,
)

CONTEXT = MessageContext(
    name="Ana Arias",
    title="Capacitación nacional",
    starts_at=datetime(2027, 2, 10, 14, 0, tzinfo=UTC),
    time_zone="America/Panama",
    place="Panamá",
    link="https://meet.zelta.example/m/98f5?p=c936",
    now=datetime(2027, 1, 5, tzinfo=UTC),
)
EACH_KIND = [(language, kind) for language in LANGUAGES for kind in MessageKind]


def render(template: str, language: str = "es", **changes: object) -> str:
    return render_message(language, template, dataclasses.replace(CONTEXT, **changes))  # type: ignore[arg-type]


def test_default_invitation_in_spanish_reads_as_a_person_writes() -> None:
    assert render(default_template(MessageKind.INVITATION, "es")) == (
        "Hola, Ana. Le comparto su enlace para “Capacitación nacional”, el miércoles 10 de febrero a las 9:00 a. m."
        " (hora de Panamá): https://meet.zelta.example/m/98f5?p=c936 Es personal; por favor, no lo reenvíe."
    )


def test_default_invitation_in_english_reads_as_a_person_writes() -> None:
    assert render(default_template(MessageKind.INVITATION, "en"), "en", place="Panama") == (
        "Hello Ana, this is your link for “Capacitación nacional” on Wednesday 10 February at 9:00 AM (Panama time):"
        " https://meet.zelta.example/m/98f5?p=c936 It is personal; please do not forward it."
    )


@pytest.mark.parametrize(("language", "kind"), EACH_KIND)
def test_default_templates_are_valid(language: str, kind: MessageKind) -> None:
    validate_template(kind, language, default_template(kind, language))
    validate_template(kind, language, SUBJECT_TEMPLATES[language][kind])


@pytest.mark.parametrize(("language", "kind"), EACH_KIND)
def test_default_templates_render_without_braces_and_with_the_link_if_alive(
    language: str, kind: MessageKind
) -> None:
    message = render(DEFAULT_TEMPLATES[language][kind], language)
    assert not set(message) & set("{}")
    assert (CONTEXT.link in message) == (kind != MessageKind.CANCELLED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_placeholder_is_replaced_by_its_value(language: str) -> None:
    expected = {
        "first_name": "Ana",
        "full_name": "Ana Arias",
        "title": CONTEXT.title,
        "date": {"es": "miércoles 10 de febrero", "en": "Wednesday 10 February"}[language],
        "time": {"es": "9:00 a. m.", "en": "9:00 AM"}[language],
        "place": "Panamá",
        "link": CONTEXT.link,
    }
    rendered = {
        value: render(f"{{{placeholder}}}", language) for placeholder, value in PLACEHOLDERS[language].items()
    }
    assert rendered == expected


@pytest.mark.parametrize("template", ["{Nombre}", "{NOMBRE}", "{ nombre }", "{título}", "{Nombre completo}"])
def test_case_accents_and_spaces_of_a_placeholder_do_not_count(template: str) -> None:
    validate_template(MessageKind.INVITATION, "es", template)
    assert "{" not in render(template)


@pytest.mark.parametrize(
    ("template", "language", "name"),
    [
        ("Hola, {apodo}", "es", "apodo"),
        ("Hola, {name}", "es", "name"),
        ("Hello {nombre}", "en", "nombre"),
        ("{nombre} {clave} {otro}", "es", "clave"),
        ("{token}", "en", "token"),
        ("{ Apellido }", "es", "Apellido"),
        ("{0}", "en", "0"),
        ("{nombre.__class__}{x}", "es", "x"),
        ("{{{apodo}}}", "es", "apodo"),
    ],
)
def test_unknown_placeholder_is_refused_by_its_name(template: str, language: str, name: str) -> None:
    with pytest.raises(UnknownPlaceholderError) as refusal:
        validate_template(MessageKind.INVITATION, language, template)
    assert refusal.value.placeholder == name


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{nombre}}", "{nombre}"),
        ("{{{nombre}}}", "{Ana}"),
        ("}} y {{", "} y {"),
        ("{ } {} :} {: }", "{ } {} :} {: }"),
        ("{nombre", "{nombre"),
        ("nombre}", "nombre}"),
        ('{"a": 1}', '{"a": 1}'),
        ("{\nnombre}", "{\nnombre}"),
        ("100 % de {nombre} %s %(x)s $nombre", "100 % de Ana %s %(x)s $nombre"),
    ],
)
def test_braces_that_are_no_placeholder_stay(template: str, text: str) -> None:
    validate_template(MessageKind.INVITATION, "es", template)
    assert render(template) == text


def test_braces_in_values_are_not_read_as_placeholders() -> None:
    assert render("{nombre_completo}: {titulo}", name="Ana {enlace}", title="{{hora}} {clave}") == (
        "Ana {enlace}: {{hora}} {clave}"
    )


def test_cancellation_offers_no_link() -> None:
    with pytest.raises(DeadLinkError):
        validate_template(MessageKind.CANCELLED, "es", "Se canceló: {enlace}")


@pytest.mark.parametrize("template", ["", "  \n\t "])
def test_empty_template_is_refused(template: str) -> None:
    with pytest.raises(EmptyTemplateError):
        validate_template(MessageKind.INVITATION, "es", template)


def test_template_beyond_its_length_is_refused() -> None:
    validate_template(MessageKind.INVITATION, "es", "a" * MAX_TEMPLATE_LENGTH)
    with pytest.raises(TemplateTooLongError):
        validate_template(MessageKind.INVITATION, "es", "a" * (MAX_TEMPLATE_LENGTH + 1))


def test_subject_is_one_line() -> None:
    subject = render_subject(
        "es", MessageKind.REMINDER, dataclasses.replace(CONTEXT, title="Uno\r\ndos\u2028tres")
    )
    assert subject == "Recordatorio: “Uno dos tres”"


@pytest.mark.parametrize(
    ("hour", "spanish", "english"),
    [
        (0, "12:00 a. m.", "12:00 AM"),
        (1, "1:00 a. m.", "1:00 AM"),
        (9, "9:00 a. m.", "9:00 AM"),
        (12, "12:00 p. m.", "12:00 PM"),
        (13, "1:00 p. m.", "1:00 PM"),
        (22, "10:00 p. m.", "10:00 PM"),
    ],
)
def test_times_have_twelve_hours_and_ordinary_spaces(hour: int, spanish: str, english: str) -> None:
    at = {"starts_at": datetime(2027, 2, 10, hour, 0, tzinfo=UTC), "time_zone": "UTC"}
    assert (render("{hora}", **at), render("{time}", "en", **at)) == (spanish, english)


@pytest.mark.parametrize(
    ("hour", "text"),
    [(13, "Es a la 1:30 p. m."), (14, "Es a las 2:30 p. m."), (11, "Es a las 11:30 a. m.")],
)
def test_spanish_article_agrees_with_one_o_clock(hour: int, text: str) -> None:
    assert (
        render("Es a las {hora}", starts_at=datetime(2027, 2, 10, hour, 30, tzinfo=UTC), time_zone="UTC")
        == text
    )


def test_date_in_another_year_has_its_year() -> None:
    assert render("{fecha}", now=datetime(2026, 12, 1, tzinfo=UTC)) == "miércoles 10 de febrero de 2027"
    assert render("{date}", "en", now=datetime(2026, 12, 1, tzinfo=UTC)) == "Wednesday 10 February 2027"


def test_date_and_year_are_those_of_the_meetings_zone() -> None:
    new_year = datetime(2027, 1, 1, 2, 0, tzinfo=UTC)
    assert render("{fecha}, {hora}", starts_at=new_year, now=new_year) == "jueves 31 de diciembre, 9:00 p. m."
    auckland = {"time_zone": "Pacific/Auckland", "starts_at": new_year, "now": new_year}
    assert render("{fecha}, {hora}", **auckland) == "viernes 1 de enero, 3:00 p. m."


@settings(deadline=None)
@given(
    template=st.lists(
        st.text(max_size=12) | st.sampled_from([f"{{{name}}}" for name in PLACEHOLDERS["es"]]), max_size=12
    ).map("".join),
    name=st.text(min_size=1, max_size=40),
    title=st.text(max_size=40),
    kind=st.sampled_from(MessageKind),
)
def test_message_holds_its_template_and_values_and_never_a_host_key(
    template: str, name: str, title: str, kind: MessageKind
) -> None:
    key = "zk_secreto_de_anfitrion"
    context = dataclasses.replace(CONTEXT, name=name, title=title)
    try:
        validate_template(kind, "es", template)
    except ValueError:
        return
    message = render_message("es", template, context)
    assert key not in message
    # A marked value shows that everything in the message comes of the template or of the context's own fields.
    assert {field.name for field in dataclasses.fields(MessageContext)} == {
        *("name", "title", "starts_at", "time_zone", "place", "link", "now")
    }
    literal = template.replace("{", "").replace("}", "")
    allowed = (
        set(literal) | set(name) | set(title) | set(render("{fecha}{hora}{lugar}{enlace}")) | set("{}\n")
    )
    assert set(message) <= allowed


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_valid_text_renders(template: str, language: str) -> None:
    try:
        validate_template(MessageKind.INVITATION, language, template)
    except ValueError:
        return
    render(template, language)


@pytest.mark.parametrize(
    ("template", "translated"),
    [
        ("Hola, {nombre} ({titulo}): {enlace}", "Hola, {name} ({title}): {link}"),
        ("{{nombre}} {apodo} { Título }", "{{nombre}} {apodo} {title}"),
        ("{nombre_completo} {fecha} {hora} {lugar}", "{full_name} {date} {time} {place}"),
    ],
)
def test_placeholders_are_translated_and_the_rest_is_kept(template: str, translated: str) -> None:
    assert translate_placeholders(template, "es", "en") == translated


@pytest.mark.parametrize("kind", MessageKind)
def test_default_templates_have_the_same_placeholders_in_both_languages(kind: MessageKind) -> None:
    spanish = translate_placeholders(default_template(kind, "es"), "es", "en")
    placeholders = [sorted(re.findall(r"\{\w+\}", text)) for text in (spanish, default_template(kind, "en"))]
    assert placeholders[0] == placeholders[1]
