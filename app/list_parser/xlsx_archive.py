"""Reads a workbook's ZIP archive with limits (ZIP bombs); the sizes in its headers are not trusted."""

import io
import time
import zipfile
import zlib
from typing import IO

from app.list_parser.types import FileError, UnreadableFile

MAX_MEMBERS = 1_000
MAX_INFLATED_BYTES = 20 * 1024 * 1024
"""Inflated, of all members that are read."""
MAX_TAGS = 400_000
"""In all members together: what an XML tree costs is its elements and attributes, not its bytes."""
MAX_TREE_TAGS = 20_000
"""In a member that is read into a tree at once."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IGNORED_PREFIXES = (
    "docProps/",
    "xl/theme/",
    "xl/media/",
    "xl/drawings/",
    "xl/externalLinks/",
    "xl/charts/",
    "xl/chartsheets/",
    "customXml/",
)
STYLES = "xl/styles.xml"
_CHUNK_BYTES = 64 * 1024
# The same elements under the names of the strict form of the format, which openpyxl does not know.
_STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}


def is_workbook(data: bytes) -> bool:
    """Whether it is an archive or a container as workbooks are, whatever is in it."""
    return data.startswith((b"PK\x03\x04", _OLE))


def read_members(data: bytes) -> dict[str, bytes]:
    """The members of a workbook that are needed to read its cells.

    Raises:
        UnreadableFile: it is no workbook, or none that can be read, or it holds too much.
    """
    if data.startswith(_OLE):
        raise UnreadableFile(FileError.PROTECTED if _ENCRYPTED in data else FileError.OLD_EXCEL)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _inflate_members(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as fault:
        raise UnreadableFile(FileError.DAMAGED) from fault
    _check_tags(members)
    return members


def _inflate_members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = archive.infolist()
    _check_kind({info.filename for info in infos})
    if len(infos) > MAX_MEMBERS:
        raise UnreadableFile(FileError.INFLATES)
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableFile(FileError.PROTECTED)
    members: dict[str, bytes] = {}
    remaining_bytes = MAX_INFLATED_BYTES
    for info in infos:
        if not info.filename.endswith((".xml", ".rels")) or info.filename.startswith(_IGNORED_PREFIXES):
            continue
        with archive.open(info) as member:
            members[info.filename] = _to_transitional_names(_read_member(member, remaining_bytes))
        remaining_bytes -= len(members[info.filename])
    return members


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise UnreadableFile(FileError.OLD_EXCEL)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise UnreadableFile(FileError.NOT_A_LIST)


def _read_member(member: IO[bytes], max_bytes: int) -> bytes:
    chunks, size = [], 0
    while chunk := member.read(_CHUNK_BYTES):
        size += len(chunk)
        if size > max_bytes:
            raise UnreadableFile(FileError.INFLATES)
        chunks.append(chunk)
    return b"".join(chunks)


def _to_transitional_names(content: bytes) -> bytes:
    for strict, common in _STRICT.items():
        content = content.replace(strict, common)
    return content


def _check_tags(members: dict[str, bytes]) -> None:
    tags = {name: max(content.count(b"<"), content.count(b"=")) for name, content in members.items()}
    if tags.get(STYLES, 0) > MAX_TREE_TAGS:
        # Only the dates lose their form by it.
        del members[STYLES], tags[STYLES]
    at_once = (
        count for name, count in tags.items() if not name.startswith(("xl/worksheets/sheet", "xl/sharedStr"))
    )
    if sum(tags.values()) > MAX_TAGS or sum(at_once) > 2 * MAX_TREE_TAGS:
        raise UnreadableFile(FileError.INFLATES)


class DeadlineBytesIO(io.BytesIO):
    """Bytes that may be read until `deadline` (of the monotonic clock) only."""

    def __init__(self, content: bytes, deadline: float) -> None:
        super().__init__(content)
        self.deadline = deadline

    def read(self, size: int | None = -1, /) -> bytes:
        """As of any file.

        Raises:
            UnreadableFile: the deadline has passed.
        """
        if time.monotonic() > self.deadline:
            raise UnreadableFile(FileError.INFLATES)
        return super().read(size)


def repack(members: dict[str, bytes], deadline: float) -> DeadlineBytesIO:
    """An archive of the members, as they were checked: nothing in it is inflated again, or twice there."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return DeadlineBytesIO(file.getvalue(), deadline)
