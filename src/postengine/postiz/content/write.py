"""Text that comes out at the networks as it went in."""

from __future__ import annotations

from html import escape

from .build import Content

__all__ = ["to_content"]


def to_content(text: str | Content) -> str:
    r"""Write `text` so that it survives Postiz's sanitiser and its way back to text.

    Without a `<` Postiz leaves text alone. With one it reads HTML, where `a<b` would be cut off and every `&`
    published as `&amp;`; so then each line becomes an escaped paragraph.

    Args:
        text: Plain text, whose line breaks are kept; or built content, which is HTML at any rate.

    >>> to_content("Tom & Jerry")
    'Tom & Jerry'
    >>> to_content("I <3 you\n\nR&D")
    '<p>I &lt;3 you</p><p></p><p>R&amp;D</p>'
    """
    if isinstance(text, Content):
        return text.html()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if "<" not in text:
        return "\n".join(lines)
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
