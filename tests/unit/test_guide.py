"""The guide of docs/guia-rapida.md as HTML."""

from app.web.guide import _render_block


def test_guide_escapes_text_and_renders_its_markdown() -> None:
    assert _render_block("a <b> **c\nd**") == "<p>a &lt;b&gt; <strong>c\nd</strong></p>"
    assert _render_block("## <Título>") == "<h2>&lt;Título&gt;</h2>"
    assert _render_block("1. uno\n   más\n2. dos") == "<ol><li>uno\n   más</li><li>dos</li></ol>"
    assert _render_block("- uno\n- dos") == "<ul><li>uno</li><li>dos</li></ul>"
