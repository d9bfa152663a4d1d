"""Dates in words."""

from datetime import UTC, datetime, tzinfo

DAYS = {
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
# The usual zones that Spanish writes otherwise than the zone database does.
SPANISH_CITIES = {
    "Asuncion": "Asunción",
    "Bogota": "Bogotá",
    "Mexico City": "Ciudad de México",
    "New York": "Nueva York",
    "Panama": "Panamá",
    "Sao Paulo": "São Paulo",
}


def format_local(moment: datetime, zone: tzinfo, lang: str) -> str:
    """For example "martes 24 de noviembre de 2026, 10:00 (hora de Panamá)"."""
    local = moment.astimezone(zone)
    day, month = DAYS[lang][local.weekday()], MONTHS[lang][local.month - 1]
    separator = " de " if lang == "es" else " "
    date = f"{day} {local.day}{separator}{month}{separator}{local.year}, {local:%H:%M}"
    name = str(zone).rsplit("/", maxsplit=1)[-1].replace("_", " ")
    name = SPANISH_CITIES.get(name, name) if lang == "es" else name
    return f"{date} ({name if name == 'UTC' else _format_place(local, name, lang)})"


def format_utc(moment: datetime, lang: str) -> str:
    """The same in UTC."""
    return format_local(moment, UTC, lang)


def _format_place(local: datetime, name: str, lang: str) -> str:
    """The place's time, with its offset where the clock changes."""
    place = f"hora de {name}" if lang == "es" else f"{name} time"
    is_constant = all(local.replace(month=month, day=1).utcoffset() == local.utcoffset() for month in (1, 7))
    return place if is_constant else f"{place}, {_format_offset(local)}"


def _format_offset(local: datetime) -> str:
    delta = local.utcoffset()
    minutes = int(delta.total_seconds() // 60) if delta else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
