"""QR codes: what they hold, and that the content security policy lets them through."""

import re
import struct

import segno
from defusedxml import ElementTree

from app.delivery.qr import (
    PRINT_SCALE,
    QUIET_ZONE_MODULES,
    render_inline_svg,
    render_png_file,
    render_svg_file,
)

LINK = "https://meet.zelta.example/m/98f5d2c1-3a5e?p=c936a7f1"
SVG = "{http://www.w3.org/2000/svg}"


def modules_of(path: str, size: int) -> list[list[bool]]:
    """The dark modules that a path of horizontal lines draws."""
    grid = [[False] * size for _ in range(size)]
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(number) for number in numbers.split()]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            for column in range(int(x), int(x + values[0])):
                grid[int(y)][column] = True
            x += values[0]
    return grid


def test_svg_draws_the_code_of_the_link() -> None:
    root = ElementTree.fromstring(render_inline_svg(LINK, "Enlace"))
    dark = next(path for path in root.iter("path") if path.get("stroke") == "#000")
    code = segno.make_qr(LINK, error="m")
    size = int(root.attrib["viewBox"].split()[2])
    expected = [[bool(module) for module in row] for row in code.matrix_iter(border=QUIET_ZONE_MODULES)]
    assert modules_of(dark.attrib["d"], size) == expected


def test_svg_has_no_style_or_script() -> None:
    for svg in (render_inline_svg(LINK, "x"), render_svg_file(LINK, "x").decode()):
        assert "style" not in svg
        assert "script" not in svg


def test_inline_svg_has_a_name_and_no_size() -> None:
    root = ElementTree.fromstring(render_inline_svg(LINK, 'Ana <"López"> & Cía'))
    assert root.findtext("title") == 'Ana <"López"> & Cía'
    assert "width" not in root.attrib
    assert root.get("class") == "qr"


def test_svg_file_is_a_document_with_white_background() -> None:
    data = render_svg_file(LINK, "Ana")
    assert data.startswith(b"<?xml")
    assert next(path.get("fill") for path in ElementTree.fromstring(data).iter(f"{SVG}path")) == "#fff"


def test_png_file_has_the_size_for_print() -> None:
    data = render_png_file(LINK)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    modules = segno.make_qr(LINK, error="m").symbol_size(border=QUIET_ZONE_MODULES)[0]
    assert (width, height) == (modules * PRINT_SCALE, modules * PRINT_SCALE)
