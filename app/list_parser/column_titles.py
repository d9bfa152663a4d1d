"""What a column title means, in Spanish, English and Portuguese, with the filler words of forms."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.utils.text import fold_for_search

_MAX_TITLE_CHARS = 300


class TitleKind(StrEnum):
    """What a title names."""

    NAME = "name"
    FIRST_NAMES = "first_names"
    SURNAMES = "surnames"
    EMAIL = "email"
    PHONE = "phone"
    ROLE = "role"
    MAYBE_ROLE = "maybe_role"
    """A column such as «tipo», which may hold roles or anything else."""
    IS_HOST = "is_host"
    EXTERNAL_ID = "external_id"
    STATUS = "status"
    TIME = "time"
    OTHER = "other"
    """Known and of no use: company, position, notes, group …"""


@dataclass(frozen=True, slots=True)
class TitleMeaning:
    """A title as understood."""

    kind: TitleKind
    qualifier: frozenset[str] = frozenset()
    """What remains of the title: «order» of «Order Email»."""
    rank: int = 1
    """The place among several parts of a name: 2 of «Segundo apellido»."""
    is_weak: bool = False
    """The word may mean something else too: «Invitado», «Usuario»."""
    is_others: bool = False
    """It names another person: the guardian, the buyer, the boss."""
    is_negative: bool = False
    """Yes means that the person does not come: «OptOut»."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FILLER = _set(
    "escriba escribe escribir ingrese ingresa indique indica introduzca digite coloque anote proporcione su sus tu tus"
    " el la los las de del al y e o u por favor cual es son what is are your the of and please enter a s as os qual seu"
    " sua seus o do da dos das escreva insira informe digite electronico electronica electronicos eletronico direccion"
    " address endereco value valor dato datos campo pregunta question requerido obligatorio required en con tal como"
    " aparece legal original for to un una correctamente nos me se llama"
)
_EMAIL = _set("email emails mail mails correo correos courriel correu")
_NOT_EMAIL = _set(
    "label type tipo etiqueta display confirm confirmado confirmacion confirmation confirme enviado sent estado status"
    " postal opt optin optout enviados verificado recibido bounced consent"
)
_PHONE = _set(
    "telefono telefonos tel tels celular celulares cel movil moviles phone phones mobile cellphone whatsapp telefone"
    " telefones telemovel fono"
)
_SURNAME = _set(
    "apellido apellidos ape surname surnames lastname lastnames sobrenome sobrenomes apelido apelidos paterno"
    " materno familyname nachname cognoms"
)
_GIVEN = _set("nombres prenome forename forenames firstname givenname middlename pila prenom vorname")
_NAME = _set("nombre name names nome nomes fullname displayname")
_ORDINALS = _set(
    "1 2 3 1er 1o 1ro 2do 2o primer primero segundo second first last given middle additional family otros paterno"
    " materno pila meio ultimo completo completa completos full complete casada"
)
_SECOND = _set("2 2do 2o segundo second materno middle additional otros meio")
PEOPLE_WORDS = _set(
    "alumno alumna alumnos alumnas alumnado estudiante estudiantes participante participantes invitado invitada"
    " invitados asistente asistentes guest guests attendee attendees participant participants student students person"
    " persona personas contacto contact colaborador colaboradora colaboradores empleado empleada empleados employee"
    " funcionario aluno aluna alunos convidado convidada docente profesor profesora profesores miembro member members"
    " integrante integrantes inscrito inscrita inscritos becario cliente socio trabajador servidor user usuario"
    " username ponente panelista registrant maestro maestra"
)
_OTHERS = _set(
    "jefe jefa supervisor supervisora acudiente madre padre mama papa tutor tutora encargado encargada representante"
    " apoderado guardian parent parents mother father buyer order comprador compradora billing facturacion secretaria"
    " secretario emergencia emergency manager responsavel mae pai anterior antiguo old viejo host referido"
    " familiar esposo esposa conyuge boss approver aprobador inviter purchaser payer pagador"
)
_THINGS = _set(
    "empresa company organizacion organization institucion institution curso course evento event meeting reunion"
    " archivo file grupo group escuela colegio school producto product team equipo sala room tema topic banco"
    " departamento department webinar sesion session"
)
OWN_ADDRESS = PEOPLE_WORDS | _set(
    "institucional institucionales personal personales contacto corporativo laboral trabajo work school escolar company"
    " business empresarial particular privado private oficial official principal primary preferido preferred alternativo"
    " alternate alternative secundario secondary otro other adicional additional google gmail outlook hotmail microsoft"
    " office teams zoom moodle aula virtual univ universitario universidad university academico educativo"
    " estudiantil ticket registration registro inscripcion invitacion recuperacion 1 2 3 nuevo new actual current notificacion"
    " notificaciones login cuenta account primario pessoal corporativo nombre name value activo vigente"
)
"""Words that say which of a person's own addresses it is, or whose: the person's whom the row names."""
_TIME = _set(
    "fecha date hora time duracion duration entrada salida timestamp temporal minutos minutes join leave unirse inicio"
    " fin finalizacion created updated carimbo data nacimiento birthday acceso"
)
_STATUS = _set(
    "estado estatus status situacion situacao rsvp respuesta response asistira asistiras asistencia asiste confirmacion"
    " confirmado confirma confirmo attending attendance aprobacion approval acepta acepto participara vendra ira"
    " comparecera inscripcion podra podras going coming activo activa active suscrito suscrita subscribed autoriza"
    " vigente habilitado enabled"
)
_NEGATIVE = _set(
    "optout cancelado cancelada cancelled canceled unsubscribed baja suspendido declined rechazado deleted eliminado cancelacion cancellation retiro"
)
_OTHER = _set(
    "cargo puesto titulo title notas notes nota observaciones observacion comentarios comments comentario grupos groups"
    " grado seccion ciudad city pais country direccion area nivel edad sexo genero facultad carrera turma escola cedula"
    " dni documento rut curp rfc n no numero num item order ticket gafete dia job position lugar provincia region"
    " prefijo prefix sufijo suffix nickname apodo language idioma total membership upn ip"
)
_NOTES = _set("notas notes nota observaciones observacion comentarios comments comentario")
_IDS = re.compile(
    r"(?:numero de )?(?:id|ids|identificador|codigo|code|matricula|legajo|expediente|identifier|external id|externalid"
    r"|user id|internal id|id number|id interno|id externo|id externa|codigo externo|identificador externo"
    r"|external identifier|referencia|reference|ref|employee number|employee id|student id|numero de empleado"
    r"|no de empleado|codigo empleado|codigo estudiante|id empleado|id estudiante|id usuario)"
    r"(?: (?:de|del|do|da) (?:alumno|aluno|estudiante|empleado|participante|usuario|colaborador|funcionario|invitado))?"
)
_ROLES = _set("rol roles role papel funcion funcao perfil preset")
_ROLE_BESIDE = _set(
    "evento event curso course clase name reunion meeting user usuario participante invitado asistente"
)
_MAYBE_ROLE = _set("tipo type categoria category")
_HOSTS = _set(
    "anfitrion anfitriona anfitriao host moderador moderadora moderator organizador organizadora organizer"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")
_NUMBERED = re.compile(r"^\s*\d{1,3}\s*[.)\-:]+\s*(?=\D)")
_NOT_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def read_title(title: str) -> TitleMeaning | None:
    """What a column with that title holds, if it is known."""
    if len(title) > _MAX_TITLE_CHARS:
        return None
    words = _normalize_title(title)
    return _classify_words(words) or _classify_words(_normalize_title(title.partition("(")[0]))


def _normalize_title(title: str) -> str:
    words = _NOT_WORDS.sub(" ", fold_for_search(_CAMEL.sub(" ", _NUMBERED.sub("", title)))).strip()
    words = re.sub(
        r"\be mail",
        "email",
        re.sub(
            r"\bopt out\b|\b(?:do not|don t|no) (?:contact\w*|email|mail|call|enviar\w*)", "optout", words
        ).replace("whats app", "whatsapp"),
    )
    return re.sub(r"\bdireccion electronica\b|^electronico$", "email", words)


def _classify_words(words: str) -> TitleMeaning | None:
    if not words:
        return None
    tokens = frozenset(words.split())
    core = tokens - _FILLER
    rest = core - _EMAIL - _PHONE - _SURNAME - _GIVEN - _NAME - _ORDINALS
    others = bool(core & _OTHERS)
    if _IDS.fullmatch(words):
        return TitleMeaning(TitleKind.EXTERNAL_ID)
    if core & {"id", "ids"} and not core & _EMAIL:
        return TitleMeaning(TitleKind.OTHER)
    if core & _NEGATIVE:
        return TitleMeaning(TitleKind.STATUS, is_negative=True)
    if core & _TIME and not (core & _EMAIL):
        return TitleMeaning(TitleKind.TIME)
    if core & _EMAIL:
        return _classify_email_title(core, rest, others=others)
    if core & _PHONE:
        extra = core & {"tipo", "type", "label", "etiqueta", "extension"}
        return TitleMeaning(TitleKind.OTHER if extra else TitleKind.PHONE, rest, is_others=others)
    return (
        _classify_role_title(core)
        or _classify_status_title(core)
        or _classify_name_title(tokens, core, rest, others=others)
    )


def _classify_email_title(core: frozenset[str], rest: frozenset[str], *, others: bool) -> TitleMeaning:
    if core & _NOT_EMAIL or core & _TIME or (core & _NAME and not core & {"y", "e", "and"}):
        return TitleMeaning(TitleKind.OTHER)
    return TitleMeaning(TitleKind.EMAIL, rest, is_others=others)


def _classify_role_title(core: frozenset[str]) -> TitleMeaning | None:
    if core & _ROLES and core <= _ROLES | _ROLE_BESIDE:
        return TitleMeaning(TitleKind.ROLE)
    if core & _MAYBE_ROLE and core <= _MAYBE_ROLE | PEOPLE_WORDS:
        return TitleMeaning(TitleKind.MAYBE_ROLE)
    if core & _HOSTS and core <= _HOSTS | {"is", "es"}:
        return TitleMeaning(TitleKind.IS_HOST)
    return None


def _classify_status_title(core: frozenset[str]) -> TitleMeaning | None:
    return TitleMeaning(TitleKind.STATUS) if core & _STATUS and not core & _NAME else None


def _classify_name_title(
    tokens: frozenset[str], core: frozenset[str], rest: frozenset[str], *, others: bool
) -> TitleMeaning | None:
    surname = (
        bool(core & _SURNAME) or core == {"last"} or {"last", "name"} <= core or {"family", "name"} <= core
    )
    last = {"ultimo", "nome"} <= core
    surname = surname or last
    surname = surname or ("ap" in core and bool(core & {"paterno", "materno", "1", "2"}))
    english = bool(core & {"name", "names"}) and bool(core & {"first", "given", "middle", "additional"})
    given = bool(core & _GIVEN) or english or core in ({"first"}, {"middle"})
    given = given or (
        bool(core & {"nombre", "nome"}) and bool(core & {"primer", "segundo", "1", "2", "otros", "meio"})
    )
    rest -= {"ap"}
    rank = 3 if "casada" in core else 2 if core & _SECOND else 1
    plain = bool(core & _NAME) and not (
        last or {"last", "name"} <= core or {"family", "name"} <= core or english
    )
    if core & (_THINGS | {"ticket"}) and not (surname or given or "holder" in core):
        return TitleMeaning(TitleKind.OTHER)
    if surname and (plain or core & {"nombres"}):
        return TitleMeaning(TitleKind.NAME, rest, is_others=others)
    if surname:
        return TitleMeaning(TitleKind.SURNAMES, rest, rank, is_others=others)
    if given:
        return TitleMeaning(TitleKind.FIRST_NAMES, rest, rank, is_others=others)
    if plain:
        return TitleMeaning(TitleKind.NAME, rest, is_weak=bool(rest & {"user", "usuario"}), is_others=others)
    return _classify_noun_title(tokens, core, others=others)


def _classify_noun_title(
    tokens: frozenset[str], core: frozenset[str], *, others: bool
) -> TitleMeaning | None:
    if core & PEOPLE_WORDS and core <= PEOPLE_WORDS | _OTHERS:
        return TitleMeaning(TitleKind.NAME, core & _OTHERS, is_weak=True, is_others=others)
    if core and core <= _OTHERS:
        return TitleMeaning(TitleKind.NAME, core, is_weak=True, is_others=True)
    known = (core | tokens) & (_OTHER | _THINGS)
    return TitleMeaning(TitleKind.OTHER, is_weak=bool(core & _NOTES)) if known else None
