"""QR codes of join links: as SVG without inline styles (CSP blocks those), and as PNG."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

# The margin that ISO/IEC 18004 asks for, in modules.
QUIET_ZONE_MODULES = 4
ERROR_CORRECTION = "m"
PRINT_SCALE = 12
"""Pixels for each module of a printable picture: about 45 mm at 300 dots per inch."""


def render_inline_svg(link: str, title: str) -> str:
    """An `<svg>` element for a page; its size comes from the stylesheet, its colours from attributes.

    Dark modules on white in dark mode too: many readers do not read light modules on dark.
    """
    return str(
        _make_code(link).svg_inline(
            border=QUIET_ZONE_MODULES,
            dark="#000",
            light="#fff",
            svgclass="qr",
            lineclass=None,
            omitsize=True,
            title=title,
        )
    )


def render_svg_file(link: str, title: str) -> bytes:
    """A printable SVG document of its own."""
    return _save(link, "svg", xmldecl=True, svgclass=None, lineclass=None, title=title)


def render_png_file(link: str) -> bytes:
    """A printable PNG picture."""
    return _save(link, "png")


def _make_code(link: str) -> "segno.QRCode":
    # Imported on first use: it is slow to import.
    import segno  # noqa: PLC0415

    return segno.make_qr(link, error=ERROR_CORRECTION)


def _save(link: str, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    _make_code(link).save(
        file, kind=kind, scale=PRINT_SCALE, border=QUIET_ZONE_MODULES, dark="#000", light="#fff", **options
    )
    return file.getvalue()
