"""Items → persons: which name goes with which address, on a line of one person or of many."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from app.list_parser.names import find_name_start, has_letter, join_name, split_role
from app.list_parser.rows import SEPARATORS
from app.list_parser.tokenizer import Item, Token, TokenType, group_tokens, tokenize
from app.list_parser.vocabulary import role_from_word

MAX_TOKENS = 20_000
"""On one line; a thousand persons have some 8,000."""


@dataclass(slots=True)
class PersonMatch:
    """A person as found on a line, between `start` and the start of the next one. More than one address is a doubt."""

    start: int
    name: str
    emails: list[str] = field(default_factory=list)
    role: str | None = None


def extract_people(line: str, row: bool = False) -> list[PersonMatch]:
    """The persons of one line, in their order; `row` tells that it is of a table in which each line is one person."""
    start, role = find_name_start(line)
    tokens = list(islice(tokenize(line, start), MAX_TOKENS + 1))
    if len(tokens) > MAX_TOKENS:
        return []
    separator = _find_separator(tokens)
    cells = [cell for cell in map(group_tokens, _split(tokens, separator)) if cell]
    if separator not in {"", ","}:
        cells = [cell if any(item.email for item in cell) else [_merge_cell(cell)] for cell in cells]
    people = _assign_addresses(cells, separator, row)
    for person in people:
        person.name, own_role = split_role(person.name)
        person.role = person.role or own_role or role
    return people


def _find_separator(tokens: Sequence[Token]) -> str:
    present = {token.text for token in tokens if token.kind is TokenType.SEPARATOR}
    if any(token.kind is TokenType.ANGLE for token in tokens):
        present.discard("|")  # «Ana López | Acme <…>»
    return next((separator for separator in SEPARATORS if separator in present), "")


def _split(tokens: Sequence[Token], separator: str) -> list[list[Token]]:
    if separator in {"", ","}:
        return [list(tokens)]
    cells: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind is TokenType.SEPARATOR and token.text == separator:
            cells.append([])
        else:
            cells[-1].append(token)
    return cells


def _assign_addresses(cells: list[list[Item]], separator: str, row: bool) -> list[PersonMatch]:
    items = [item for cell in cells for item in cell]
    addresses = [item for item in items if item.email]
    if not addresses:
        return _pair_names_only(cells, separator, row)
    several = len(addresses) > 1 and len(cells) > 1
    if several:
        items = [item for cell in cells for item in _pair_within_cell(cell)]
    if any(item.closed for item in items) and (several or len(addresses) > 1 or separator in {";", ","}):
        return _pair_in_order(items, guests=separator != "\t")
    if len(addresses) == 1:
        return [_merge_items(items, addresses)]
    return _unbracketed_addresses(items, guests=separator not in {"\t", "|"})


def _pair_within_cell(cell: list[Item]) -> list[Item]:
    """A cell with names and addresses makes its own persons: «Ana, ana@…; Luis, luis@…»."""
    if len(cell) < 2 or all(item.closed for item in cell) or not any(item.email for item in cell):
        return cell
    if not any(item.name for item in cell):
        return cell
    people = _assign_addresses([cell], ",", row=False)
    if any(len(person.emails) > 1 for person in people):
        return cell
    return [
        Item(
            match.start,
            match.start,
            match.name,
            next(iter(match.emails), None),
            closed=True,
            tail=match.role or "",
        )
        for match in people
    ]


def _pair_names_only(cells: list[list[Item]], separator: str, row: bool) -> list[PersonMatch]:
    items = [item for cell in cells for item in cell]
    if row or separator in {"\t", "|"}:
        return [_merge_items(items, [])] if items else []
    if separator == ";":
        return _pair_in_order(items, guests=True)
    names = [item for item in items if not role_from_word(item.name)] or items
    if len(names) > 2 and all(" " in item.name for item in names):
        return _pair_in_order(items, guests=True)
    return [PersonMatch(items[0].start, _join_as_typed(names), role=_find_role(items))] if items else []


def _merge_cell(cell: Sequence[Item]) -> Item:
    """A cell without an address, with the commas that are in it."""
    return Item(cell[0].start, cell[-1].end, _join_as_typed(cell))


def _join_as_typed(items: Sequence[Item]) -> str:
    parts = [items[0].name]
    for item in items[1:]:
        parts += [", " if item.spaced else ",", item.name]
    return "".join(parts)


def _find_role(items: Sequence[Item]) -> str | None:
    words = (
        role_from_word(word) for item in items for word in (item.name, item.tail) if word and not item.email
    )
    tails = (role_from_word(item.tail.strip("()[]- ")) for item in items if item.tail)
    return next(filter(None, (*words, *tails)), None)


def _merge_items(items: Sequence[Item], addresses: Sequence[Item]) -> PersonMatch:
    """One person of all items: a row of a table."""
    emails = [item.email for item in addresses if item.email]
    named = [item for item in items if item.name]
    texts = [item for item in named if not role_from_word(item.name)]
    if emails:
        before = [item for item in texts if item.start <= addresses[0].start]
        texts = before if any(has_letter(item.name) for item in before) else texts
    elif not texts:
        texts = named
    comma = any(item.spaced for item in texts[1:2])
    name = join_name([item.name for item in texts], emails[0] if emails else "", comma)
    return PersonMatch(items[0].start, name, emails, _find_role(items))


def _pair_in_order(items: Sequence[Item], guests: bool) -> list[PersonMatch]:
    """Each address takes the texts before it; a text that stands alone is a guest without an address."""
    people: list[PersonMatch] = []
    pending: list[Item] = []
    for item in items:
        if item.closed:
            people += _without_email(pending)
            pending = []
            people.append(
                PersonMatch(item.start, item.name, [item.email] if item.email else [], _find_role([item]))
            )
        elif item.email:
            people.append(_merge_items([*pending, item], [item]))
            pending = []
        elif people and (role := role_from_word(item.name)):
            people[-1].role = people[-1].role or role
        else:
            pending.append(item)
    return people + (_without_email(pending) if guests else [])


def _without_email(texts: Sequence[Item]) -> list[PersonMatch]:
    return [PersonMatch(text.start, text.name) for text in texts if has_letter(text.name)]


def _unbracketed_addresses(items: Sequence[Item], guests: bool) -> list[PersonMatch]:
    """Addresses without brackets, more than one, and perhaps names around them."""
    plain = [item for item in items if item.email or not role_from_word(item.name)]
    texts = [item for item in plain if not item.email and has_letter(item.name)]
    addresses = [item for item in plain if item.email]
    if len(texts) == 1 and texts[0] is plain[0]:
        return [_merge_items(items, addresses)]
    if len(texts) == len(addresses) and plain[0].email and not plain[-1].email:
        pairs = zip(addresses, texts, strict=True)
        return [PersonMatch(address.start, text.name, [address.email or ""]) for address, text in pairs]
    return _pair_in_order(items, guests)
