"""Lines of a text that are not about a guest: greetings, closings, mail headers, totals, remarks."""

import re

from app.list_parser.cells import is_name, is_sentence
from app.list_parser.types import LeftOutReason
from app.utils.text import fold_for_search

_GREETING = re.compile(
    r"(?:hola|buen[oa]s? (?:dias?|tardes|noches)|buen dia|estimad[oa]s?|querid[oa]s?|apreciad[oa]s?|hi|hello|dear"
    r"|good (?:morning|afternoon|evening)|ola|bom dia|boa (?:tarde|noite)|prezad[oa]s?|car[oa]s? colegas)\b"
)
_CLOSING = re.compile(
    r"(?:(?:un )?(?:cordial |afectuoso )?(?:saludos?|abrazos?)|atentamente|atte|cordialmente|(?:muchas |mil )?gracias"
    r"|quedo (?:atent|pendiente)\w*|respetuosamente|best (?:regards|wishes)|(?:kind |warm )?regards|cheers|thanks|thank you"
    r"|sincerely|yours (?:truly|sincerely|faithfully)|atenciosamente|obrigad[oa]|abs$|cumprimentos|enviado desde|sent from|--)(?:\b|$)[ \w,]{0,30}[.,!:]*$"
)
_TOTAL = re.compile(
    r"(?:(?:sub ?)?total(?:es)?\b|suma\b|promedio\b|average\b|sum\b|cantidad de|numero de (?:inscritos|participantes|personas)|"
    r"participantes que|asistieron\b|count\b|\d+ (?:inscritos|participantes|personas|invitados|registros|asistentes)\b)"
)
_SIGNATURE = re.compile(
    r"(?:firmas?\b|signature\b|assinatura\b|visto bueno|v\s?\.?\s?b\b|vo\.? ?bo\b|sello\b|nombre y firma)|.*_{4,}"
)
_NOTE = re.compile(
    r"(?:generad[oa]|exportad[oa]|creado|impres[oa]|actualizad[oa]|generated|exported|printed|report|reporte|informe"
    r"|nota|notas|note|observacion(?:es)?|importante|fuente|source|pagina|page|fin de|end of|(?:elaborad|revisad|aprobad|preparad|autorizad)[oa]|gerado"
    r"|ultima actualizacion|fecha)\b[ :]"
)
_MAIL_FIELD = re.compile(
    r"(?i)\s*\*?(de|from|para|to|cc|cco|bcc|asunto|subject|assunto|enviado(?: el)?|sent|enviada|fecha|date|data"
    r"|responder a|reply-to|adjuntos?|attachments?|importancia)\s*:\*?\s*(.*)",
    re.DOTALL,
)
_LIST_TITLE = re.compile(r"(?:lista|listado|relacion|nomina|list) (?:de|del|of)\b")
_QUOTE_HEADER = re.compile(r"(?:escribi[oó]|wrote|escreveu)\s*:\s*$", re.IGNORECASE)
_FORWARDED = re.compile(r"-{2,}\s*(?:mensaje|original|forwarded|begin|inicio|mensagem)\b", re.IGNORECASE)
_OTHER_PERSON = re.compile(
    r"\b(?:correos?|e-?mail)\b|\b(?:mam[aá]|pap[aá]|madre|padre|m[aã]e|pai|acudiente|tutora?|jef[ea]|secretari[oa]"
    r"|asistente|esposa|esposo) del?\b",
    re.IGNORECASE,
)
_FAMILY = (
    r"mam[aá]|pap[aá]|madre|padre|m[aã]e|pai|acudiente|tutora?|mother|father|mom|dad|parent|guardian|espos[oa]|hij[oa]"
    r"|wife|husband"
)
_OFFICE = (
    r"jef[ea]|secretari[oa]|asistente|boss|manager|assistant|secretary|c/o|v[ií]a|contactar|contacto|contact|avisar"
    r"|escribir|llamar|a trav[eé]s|por medio"
)
_RELATED = re.compile(
    # In brackets of its own, «(Secretaria)» may be what the person is.
    rf"\b(?:(?:{_FAMILY})\b[)\]]?|(?:{_OFFICE})\b)(?:\s+(?:por|de|al?|en|con|via|to|at|by)\b)?"
    r"[\s:.(<\[–—-]*(?:correo|e-?mail|mail)?[\s:(<\[-]*[^\s@<>()]+@",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"[.,;:!]|(?:adjunt\w+|envi[oó]|(?:te|le|les) (?:paso|env\w+|mando)|(?:por )?favor|incluir|agregar|invitar|y a|please"
    r"|here (?:is|are)|m[iy] (?:correo|mail|e-?mail|nombre|name)|(?:el|los|la|las) (?:correos?|lista|mails?))(?!\w)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[^\w\s@]{3,}")
_SAID = re.compile(r"\w:\s+\S")
"""«Rosa Gil: Ana Ríos», of a chat, or «Docente: Luis Gil»."""
SENDER_FIELDS = frozenset(("de", "from", "responder a", "reply-to"))
RECIPIENT_FIELDS = frozenset(("para", "to", "cc", "cco", "bcc"))


def parse_mail_field(text: str) -> str | None:
    """The field of a mail's header that a line is, folded: «de», «para», «asunto»."""
    match = _MAIL_FIELD.match(text[:200])
    return fold_for_search(match[1]) if match else None


def is_quote_header(text: str) -> bool:
    """Whether a line stands above a quoted or forwarded mail: «El lunes, Marta <…> escribió:»."""
    return bool(_QUOTE_HEADER.search(text[-40:]) or _FORWARDED.match(text.strip()))


def is_request(name: str) -> bool:
    """Whether what stands where a name should is of a sentence: «Favor incluir a Ana», «. Gracias.»."""
    if len(name) > 1 and (_REQUEST.match(name) or _OTHER_PERSON.search(name) or _SAID.search(name)):
        return True
    return name[:1].isalpha() and name[-1:] in ".!:," and is_closing(name)


def names_another_person(text: str) -> bool:
    """Whether what stands right before an address says that it is another person's: «(mamá: rosa@…)»."""
    return _RELATED.search(text[:1000]) is not None


def is_closing(text: str) -> bool:
    """Whether a line ends a letter: what follows is a signature."""
    if text.strip() in {"--", "—"}:
        return True
    return "@" not in text and _CLOSING.match(fold_for_search(text[:80]).strip(" *-–—·")) is not None


def find_left_out_reason(text: str) -> LeftOutReason | None:
    """Why a line without an address is not a person, if its text shows it."""
    folded = fold_for_search(text[:400]).strip(" *•·-–—\"'¡¿") if "@" not in text else ""
    if not folded:
        return LeftOutReason.NOTE if _RULE.fullmatch(text.strip()) else None
    words = len(folded.split())
    reasons = (
        (is_closing(text) or _SIGNATURE.match(folded), LeftOutReason.SIGNATURE),
        (_is_greeting(text, folded), LeftOutReason.GREETING),
        (_RULE.fullmatch(text.strip()), LeftOutReason.NOTE),
        (_TOTAL.match(folded), LeftOutReason.TOTAL),
        (_LIST_TITLE.match(folded) and words <= 8, LeftOutReason.TITLE),
        (_is_note(text, folded) or _is_footnote(text) or is_sentence(text), LeftOutReason.NOTE),
        (text.rstrip().endswith((":", "…")), LeftOutReason.NOTE),
    )
    return next((reason for is_so, reason in reasons if is_so), None)


def _is_note(text: str, folded: str) -> bool:
    # «Page», «Fuente» and others begin names too.
    return _NOTE.match(folded) is not None and (":" in text or not is_name(text))


def _is_footnote(text: str) -> bool:
    """Whether it begins with an asterisk that is no bullet before a name."""
    return text.lstrip()[:1] == "*" and not is_name(text.strip(" *"))


def _is_greeting(text: str, folded: str) -> bool:
    if not _GREETING.match(folded):
        return False
    is_short = len(folded.split()) < 4 and not folded.startswith("ola")
    return text.rstrip()[-1:] in ",:!.?" or "," in text or is_sentence(text) or is_short


def find_reason_beside_table(text: str) -> LeftOutReason:
    """Why a line above or below the rows of a table is left out."""
    if "@" in text:
        return LeftOutReason.MAIL_HEADER if parse_mail_field(text) else LeftOutReason.OUTSIDE_TABLE
    if parse_mail_field(text):
        return LeftOutReason.MAIL_HEADER
    return find_left_out_reason(text) or LeftOutReason.TITLE
