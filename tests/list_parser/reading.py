"""What the tests ask of a parsed list, in short forms."""

from pathlib import Path

from app.list_parser import ColumnKind, ListAnswers, ParsedLine, ParsedList, read_file, read_text

FIXTURES = Path(__file__).parent / "fixtures"
ASKED = "column_in_question"


def parse(source: str | Path, **answers: object) -> ParsedList:
    """A pasted text, or a file of the fixtures, read in Panama."""
    given = ListAnswers(**answers)  # type: ignore[arg-type]
    if isinstance(source, Path):
        return read_file(source.read_bytes(), source.name, answers=given, country="PA")
    return read_text(source, answers=given, country="PA")


def fixture(name: str, **answers: object) -> ParsedList:
    return parse(FIXTURES / name, **answers)


def people(parsed: ParsedList) -> list[tuple[str, str | None]]:
    """Name and address of every person, ready or not."""
    return [(line.person.name, line.person.email) for line in parsed.lines if line.person]


def ready(parsed: ParsedList) -> list[str]:
    """The names of those who would go without a correction."""
    return [
        line.person.name for line in parsed.lines if line.person and line.problem is None and line.is_ticked
    ]


def states(parsed: ParsedList) -> list[str | None]:
    """Of every person: the problem, else why it is unticked, else None."""
    return [line.problem or line.unticked for line in parsed.people]


def left_out(parsed: ParsedList) -> dict[int, str]:
    """Line number → reason."""
    return {line.number: str(line.reason) for line in parsed.left_out}


def kinds(parsed: ParsedList) -> dict[str, str]:
    """Title → kind of every column that is used."""
    used = (column for column in parsed.columns if column.kind is not ColumnKind.IGNORE)
    return {column.title: str(column.kind) for column in used}


def questions(parsed: ParsedList) -> set[str]:
    """The titles of the columns to ask about."""
    return {column.title for column in parsed.columns_in_question}


def only(parsed: ParsedList) -> ParsedLine:
    """The one person of a list."""
    (line,) = parsed.people
    return line


def outcomes(parsed: ParsedList) -> list[tuple[str, str | None, str]]:
    """Name, address and state of every person: `ready`, the problem, or why it is unticked."""
    return [
        (line.person.name, line.person.email, str(line.problem or line.unticked or "ready"))
        for line in parsed.people
        if line.person
    ]
