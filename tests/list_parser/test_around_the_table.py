"""Text that is nobody: left out with its reason, shown, and included when asked."""

import pytest

from app.list_parser import LineProblem
from tests.list_parser.reading import kinds, left_out, only, parse, people, ready, states

TWO = [("Ana Ríos", "ana@example.com"), ("Beto Cruz", "beto@example.com")]
LINES = "Ana Ríos <ana@example.com>\nBeto Cruz <beto@example.com>"
ROWS = "Ana Ríos;ana@example.com\nBeto Cruz;beto@example.com"


@pytest.mark.parametrize(
    ("before", "after", "reasons"),
    [
        ("Hola Rosa, te paso la lista:", "Saludos,\nMarta", {1: "greeting", 4: "signature", 5: "signature"}),
        ("Buenos días:", "Muchas gracias,\nRosa Paz\nSecretaria", {1: "greeting", 4: "signature", 5: "signature", 6: "signature"}),
        ("Dear all,", "Best regards,\nRose", {1: "greeting", 4: "signature", 5: "signature"}),
        ("Bom dia,", "Atenciosamente,\nRosa", {1: "greeting", 4: "signature", 5: "signature"}),
        ("Estas son las personas de la reunión de mañana:", "Total: 2", {1: "note", 4: "total"}),
        ("Estimada Rosa:", "Firma: ______", {1: "greeting", 4: "signature"}),
        ("Hola,", "Atte.\nMarta <marta@example.com>", {1: "greeting", 4: "signature", 5: "signature"}),
    ],
)  # fmt: skip
def test_letters_around_a_list(before: str, after: str, reasons: dict[int, str]) -> None:
    parsed = parse(f"{before}\n{LINES}\n{after}")
    assert (people(parsed), left_out(parsed)) == (TWO, reasons)
    assert not parsed.is_certain


@pytest.mark.parametrize(
    "header",
    [
        "De: Marta <marta@example.com>\nEnviado: lunes\nPara: Rosa <rosa@example.com>\nAsunto: Lista",
        "From: Marta <marta@example.com>\nSent: Monday\nTo: Rosa <rosa@example.com>\nCc: x@example.com\nSubject: List",
        "*De:* Marta <marta@example.com>\n*Para:* rosa@example.com\n*Asunto:* Lista",
        "De: marta@example.com\nPara: rosa@example.com\nCC: jefe@example.com; x@example.com\nFecha: 1/11/2026\nAsunto: RE: Lista",
        "Asunto: Lista\nDe: Marta <marta@example.com>",
    ],
)
def test_mail_headers_above_a_list(header: str) -> None:
    parsed = parse(f"{header}\n\nHola:\n{LINES}\n")
    assert people(parsed) == TWO
    assert set(left_out(parsed).values()) == {"mail_header", "greeting"}


def test_recipients_are_the_list_where_the_mail_names_nobody_else() -> None:
    parsed = parse(
        "De: Marta <marta@example.com>\nPara: Ana Ríos <ana@example.com>; Beto Cruz <beto@example.com>\nAsunto: Reunión"
    )
    assert (people(parsed), left_out(parsed)) == (TWO, {1: "mail_header", 3: "mail_header"})


@pytest.mark.parametrize(
    ("tail", "reasons"),
    [
        ("Total;2", {4: "total"}),
        ("Total general: 2 personas;", {4: "total"}),
        ("2 inscritos", {4: "total"}),
        ("Firma: ________;", {4: "signature"}),
        ("Generado el 01/11/2026;", {4: "note"}),
        ("* Los datos son confidenciales", {4: "note"}),
        (";\nSaludos,\nMarta;", {5: "signature", 6: "signature"}),
        ("5to B;", {4: "title"}),
        ("Grupo B;", {4: "title"}),
    ],
)
def test_below_and_between_the_rows_of_a_table(tail: str, reasons: dict[int, str]) -> None:
    parsed = parse(f"Nombre;Correo\n{ROWS}\n{tail}")
    assert (people(parsed), left_out(parsed)) == (TWO, reasons)


def test_a_name_alone_in_a_table_of_addresses_is_asked_about() -> None:
    parsed = parse(f"Nombre;Correo\n{ROWS}\nCarla Paz;")
    assert states(parsed) == [None, None, LineProblem.NO_EMAIL]
    assert parse(f"{LINES}\nCarla Paz").people[2].problem is LineProblem.NO_EMAIL


def test_what_was_left_out_can_be_included() -> None:
    text = f"Nombre;Correo\n{ROWS}\nSuma López;suma@example.com\nTotal Pérez;"
    assert left_out(parse(text)) == {5: "total"}
    included = parse(text, include=frozenset({5}))
    assert (people(included)[3], left_out(included)) == (("Total Pérez", None), {})


ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
123,Clase,1/11/2026 10:00,1/11/2026 11:00,host@example.com,60,2

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Ana Ríos,ana@example.com,1/11/2026 10:00,1/11/2026 11:00,60,No
Beto Cruz,beto@example.com,1/11/2026 10:00,1/11/2026 11:00,60,Yes"""
TEAMS = """1. Summary
Meeting title\tClass 1
Attended participants\t2

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Ana Ríos\t11/1/26, 10:00:00 AM\t11/1/26, 11:00:00 AM\t59m 59s\tana@example.com\tana@example.com\tOrganizer
Beto Cruz (External)\t11/1/26, 10:00:00 AM\t11/1/26, 11:00:00 AM\t59m\tbeto@example.com\tbeto@example.com\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Ana Ríos\t11/1/26, 10:00:00 AM\t11/1/26, 10:30:00 AM\t30m\tana@example.com\tOrganizer
Ana Ríos\t11/1/26, 10:31:00 AM\t11/1/26, 11:00:00 AM\t29m\tana@example.com\tOrganizer"""
WEBINAR = """Attendee Report
Report Generated:,11/1/2026 10:00
Topic,Webinar ID,# Registered
Clase,123 456,2
Host Details,
Attended,User Name (Original Name),Email,Join Time
Yes,Hosty Host,host@example.com,11/1/2026 10:00
Attendee Details,
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status
Yes,Ana Ríos,Ana,Ríos,ana@example.com,11/1/2026 10:00,approved
No,Beto Cruz,Beto,Cruz,beto@example.com,11/1/2026 10:00,approved"""


@pytest.mark.parametrize("report", [ZOOM, TEAMS, WEBINAR], ids=["zoom", "teams", "webinar"])
def test_reports_with_several_tables(report: str) -> None:
    parsed = parse(report)
    assert people(parsed) == TWO
    assert "other_table" in left_out(parsed).values()
    assert states(parsed) == [None, None]


def test_tables_with_the_same_titles_are_all_read() -> None:
    parsed = parse(
        "5A\nNombre;Correo\nAna Ríos;ana@example.com\n\n5B\nNombre;Correo\nBeto Cruz;beto@example.com"
    )
    assert people(parsed) == TWO


EXPORTS = {
    "zoom registrants": (
        "First Name,Last Name,Email,Registration Time,Approval Status,Join URL\n"
        "Ana,Ríos,ana@example.com,2026-11-01 10:00,approved,https://zoom.us/w/1\n"
        "Beto,Cruz,beto@example.com,2026-11-01 10:00,approved,https://zoom.us/w/2"
    ),
    "luma": (
        "guest_api_id,name,first_name,last_name,email,phone_number,created_at,approval_status,checked_in_at,qr_code_url\n"
        "gst-1,Ana Ríos,Ana,Ríos,ana@example.com,+50760000000,2026-11-01T10:00:00Z,approved,,https://lu.ma/1\n"
        "gst-2,Beto Cruz,Beto,Cruz,beto@example.com,,2026-11-01T10:00:00Z,approved,,https://lu.ma/2"
    ),
    "google form": (
        "Marca temporal,Dirección de correo electrónico,1. Escriba su nombre completo,¿Asistirá?,Comentarios\n"
        "1/11/2026 10:00:00,ana@example.com,Ana Ríos,Sí,Ninguno\n1/11/2026 10:00:00,beto@example.com,Beto Cruz,Sí,"
    ),
    "limesurvey": (
        '"id. de respuesta","Fecha de envío","Última página","Nombre completo","Correo electrónico"\n'
        '"1","2026-11-01 10:00:00","3","Ana Ríos","ana@example.com"\n"2","2026-11-01 10:00:00","3","Beto Cruz","beto@example.com"'
    ),
    "outlook es": (
        "Nombre,Segundo nombre,Apellidos,Título,Organización,Dirección de correo electrónico,Teléfono móvil\n"
        "Ana,,Ríos,,Acme,ana@example.com,6000-0000\nBeto,,Cruz,,Acme,beto@example.com,"
    ),
    "outlook en": (
        "First Name,Middle Name,Last Name,Company,E-mail Address,E-mail Type,E-mail Display Name,Mobile Phone\n"
        "Ana,,Ríos,Acme,ana@example.com,SMTP,Ana Ríos (ana@example.com),6000-0000\n"
        "Beto,,Cruz,Acme,beto@example.com,SMTP,Beto Cruz (beto@example.com),"
    ),
    "google contacts": (
        "First Name,Middle Name,Last Name,Nickname,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value\n"
        "Ana,,Ríos,,,* myContacts,* ,ana@example.com,+507 6000-0000\nBeto,,Cruz,,,* myContacts,,beto@example.com,"
    ),
    "moodle": (
        'Nombre,"Apellido(s)","Número de ID",Institución,Departamento,"Dirección de correo","Último acceso"\n'
        "Ana,Ríos,8-1-1,,,ana@example.com,2 días\nBeto,Cruz,8-1-2,,,beto@example.com,nunca"
    ),
    "hr": (
        "No.;Cédula;Ap. Paterno;Ap. Materno;Nombres;Cargo;Departamento;Correo institucional\n"
        "1;8-123-456;Ríos;;Ana;Rectora;A;ana@example.com\n2;8-123-457;Cruz;;Beto;Docente;B;beto@example.com"
    ),
    "portuguese school": "Nº;Nome do aluno;Turma;E-mail do aluno\n1;Ana Ríos;5A;ana@example.com\n2;Beto Cruz;5A;beto@example.com",
    "chat": "[1/11/26, 10:05] Ana Ríos: ana@example.com\n[1/11/26, 10:06] Beto Cruz: beto@example.com",
}  # fmt: skip


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_exports_of_other_systems(export: str) -> None:
    parsed = parse(export)
    assert people(parsed) == TWO
    assert ready(parsed) == ["Ana Ríos", "Beto Cruz"]


def test_pretix_orders_ask_and_guess_the_attendee() -> None:
    parsed = parse(
        "Order code,E-mail,Attendee name,Attendee email,Product\n"
        "AB12,buyer@example.com,Ana Ríos,ana@example.com,Entrada\nAB12,buyer@example.com,Beto Cruz,beto@example.com,Entrada"
    )
    assert (people(parsed), ready(parsed)) == (TWO, [])
    assert kinds(parsed)["Attendee email"] == "email"


VCARDS = [
    ("VERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:R=C3=ADos;Ana\nEMAIL:ana@example.com", ("Ana Ríos", "ana@example.com")),
    ("VERSION:4.0\nFN:Ana Ríos\nEMAIL;PREF=1:ana@example.com\nTEL;VALUE=uri:tel:+50760000000", ("Ana Ríos", "ana@example.com")),
    ("VERSION:3.0\nN:Ríos;Ana;María;;\nitem1.EMAIL;type=INTERNET:ana@example.com", ("Ana María Ríos", "ana@example.com")),
    ("VERSION:3.0\nFN:Ana\n  Ríos\nTEL:6000-0000", ("Ana Ríos", None)),
    ("VERSION:3.0\nN:;;;;\nFN:\nEMAIL:ana@example.com", ("Ana", "ana@example.com")),
]  # fmt: skip


@pytest.mark.parametrize(("card", "person"), VCARDS)
def test_vcards_of_every_version(card: str, person: tuple[str, str | None]) -> None:
    assert people(parse(f"BEGIN:VCARD\n{card}\nEND:VCARD\n")) == [person]


def test_a_vcard_with_two_addresses_offers_both_and_its_phone() -> None:
    line = only(
        parse(
            "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nEMAIL:a@example.com\nEMAIL:b@example.com\nTEL:6000-0000\nEND:VCARD"
        )
    )
    assert line.choices == ("a@example.com", "b@example.com")
    assert line.person is not None
    assert line.person.phone == "+50760000000"


@pytest.mark.parametrize(
    "text",
    [
        "Mi correo es ana@example.com",
        "Adjunto los correos: ana@example.com",
        "Favor incluir a Ana Ríos (ana@example.com)",
        "Te paso el correo: ana@example.com",
        "Buenas tardes, necesito que agreguen por favor a Ana (ana@example.com)",
    ],
)
def test_a_sentence_with_an_address_is_asked_about(text: str) -> None:
    assert only(parse(text)).problem is LineProblem.NOT_A_PERSON


def test_names_and_addresses_on_lines_of_their_own_are_asked_about() -> None:
    parsed = parse("Ana Ríos\nana@example.com\n\nBeto Cruz\nbeto@example.com")
    assert states(parsed) == ["no_email", "name_from_email"] * 2


def test_a_mail_signature_below_two_dashes_is_left_out() -> None:
    parsed = parse(f"{LINES}\n--\nMarta Gómez\nTel: 6000-0000\nmarta@example.com")
    assert (people(parsed), set(left_out(parsed).values())) == (TWO, {"signature"})


def test_the_rule_below_the_titles_of_a_markdown_table_is_left_out() -> None:
    parsed = parse(
        "| Nombre | Correo |\n|---|---|\n| Ana Ríos | ana@example.com |\n| Beto Cruz | beto@example.com |"
    )
    assert (people(parsed), left_out(parsed)) == (TWO, {2: "note"})


def test_a_table_without_titles_may_say_who_does_not_come() -> None:
    parsed = parse("Ana Ríos\tana@example.com\tConfirmado\nBeto Cruz\tbeto@example.com\tNo asistirá")
    assert states(parsed) == [None, "status"]


@pytest.mark.parametrize("bullet", ["* ", "- ", "• ", "1. ", "*"])
def test_a_bullet_before_a_name_is_no_footnote(bullet: str) -> None:
    assert not parse(f"{bullet}Lucía Prado\n{bullet}Ana Ríos").left_out


def test_minutes_of_a_meeting_give_those_who_were_there() -> None:
    parsed = parse(
        "Reunión: Comité\nFecha: 1/11/2026\nAsistentes:\n- Ana Ríos ana@example.com\n- Beto Cruz beto@example.com\nAcuerdos:\n1. Se aprueba el acta"
    )
    assert ready(parsed) == ["Ana Ríos", "Beto Cruz"]
