"""Built content, and what comes back of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postengine.postiz.content.build import (
    Block,
    Bullets,
    Content,
    Heading,
    Paragraph,
    bullets,
    heading,
    paragraph,
)
from postengine.postiz.content.inline import Inline, Mention, Run, bold, link, underline
from postengine.postiz.content.read import from_content
from postengine.postiz.content.write import to_content
from postengine.testing.postiz.sanitise import flatten, sanitise

CHARS = st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0")
TEXTS = st.text(CHARS | st.sampled_from("<>&\"'; /a"), max_size=8)
URLS = st.none() | TEXTS.map("https://e.com/".__add__) | st.just("mailto:a@e.com")
RUNS = st.builds(Run, TEXTS, st.booleans(), st.booleans(), URLS)
INLINES: st.SearchStrategy[list[Inline]] = st.lists(
    TEXTS | RUNS | st.builds(Mention, TEXTS, TEXTS), max_size=4
)
BLOCKS: st.SearchStrategy[Block] = (
    INLINES.map(lambda parts: paragraph(*parts))
    | st.builds(lambda level, parts: heading(level, *parts), st.sampled_from([1, 2, 3]), INLINES)
    | st.lists(INLINES, min_size=1, max_size=3).map(lambda lines: bullets(*lines))
)

CONTENTS = st.lists(BLOCKS, max_size=4).map(lambda blocks: Content(*blocks, paragraph("end")))


@given(CONTENTS)
def test_what_is_built_comes_back_from_the_server(content: Content) -> None:
    kept = sanitise(content.html())

    assert from_content(kept) == content


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_plain_paragraphs_are_published_as_they_were_written(lines: list[str]) -> None:
    content = Content(*(paragraph(line) for line in lines))

    published = flatten(sanitise(to_content(content)))

    assert published == content.text == content.published("normal") == "\n".join(lines)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
def test_plain_text_comes_back_line_by_line(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")

    assert from_content(sanitise(to_content(text))).text == lines


def test_html_is_what_the_sanitiser_keeps() -> None:
    content = Content(
        heading(1, "Sold & gone"),
        paragraph("At ", bold("£4"), Mention("7", 'A "B"'), link("here", "https://e.com/?a=1&b=2")),
        paragraph(),
        bullets("3 <beds>", ["a ", underline("garden")]),
    )

    assert content.html() == (
        "<h1>Sold &amp; gone</h1><p>At <strong>£4</strong>"
        '<span class="mention" data-mention-id="7" data-mention-label="A &quot;B&quot;">@A "B"</span>'
        '<a href="https://e.com/?a=1&amp;b=2">here</a></p><p></p>'
        "<ul><li><p>3 &lt;beds&gt;</p></li><li><p>a <u>garden</u></p></li></ul>"
    )


def test_each_editor_publishes_what_it_can() -> None:
    content = Content(
        heading(2, "Sold"),
        paragraph(bold("A1b"), " ", link("here", "https://e.com"), " ", Mention("7", "agency")),
        bullets(underline("xy")),
    )

    assert (
        content.published("normal")
        == "Sold\n\U0001d5d4\U0001d7ed\U0001d5ef https://e.com @agency\n- x\u0332y\u0332"
    )
    assert content.published("markdown") == "## Sold\n**A1b** [here](https://e.com) @agency\n- <u>xy</u>"
    assert content.published("html") == content.html()
    assert content.text == "Sold\nA1b here @agency\nxy"


def test_neighbours_that_look_alike_become_one() -> None:
    assert paragraph("a", "", "b", bold("c"), bold("d")) == Paragraph((Run("ab"), bold("cd")))


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", [paragraph()]),
        ("a &amp; b\r\nc", [paragraph("a &amp; b"), paragraph("c")]),
        ("<p>a<br>b</p>", [paragraph("a"), paragraph("b")]),
        ("x<p>a\nb</p>y", [paragraph("x"), paragraph("a b"), paragraph("y")]),
        ("<h1>t</h1>", [heading(1, "t"), paragraph()]),
        ("<h2>t<br>u</h2><p>a", [heading(2, "t"), heading(2, "u"), paragraph("a")]),
        ("<ul><li>a<li>b</ul>", [bullets("a", "b")]),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", [bullets("a"), bullets("b")]),
        ("<li>a</li><p>b</p>", [bullets("a"), paragraph("b")]),
        ("<ul><li>a", [bullets("a")]),
        ("<p><a>t</a></u><em>e</em></p>", [paragraph("te")]),
        ("<p><a href='https://e.com'>t<b>u</a>v</p>", [paragraph(link("tu", "https://e.com"), "v")]),
        ("<p><span>s</span></p>", [paragraph("s")]),
        ("<p><span data-mention-id='1'>@a</span></p>", [paragraph(Mention("1", ""))]),
    ],
)
def test_what_others_wrote_is_read_too(html: str, blocks: list[Block]) -> None:
    assert from_content(html) == Content(*blocks)


@pytest.mark.parametrize("text", ["a\nb", "a\r"])
def test_a_line_is_one_line(text: str) -> None:
    with pytest.raises(ValueError, match="line break"):
        paragraph(text)
    with pytest.raises(ValueError, match="line break"):
        Mention("1", text)


def test_a_link_is_of_a_kind_that_is_kept() -> None:
    with pytest.raises(ValueError, match="Postiz keeps links"):
        link("call", "tel:1")


def test_content_without_a_paragraph_would_be_published_with_its_tags() -> None:
    with pytest.raises(ValueError, match="needs a paragraph"):
        Content(heading(1, "Sold"))
    with pytest.raises(ValueError, match="needs an entry"):
        bullets()


def test_blocks_are_values() -> None:
    assert heading(1, "a") == Heading(1, (Run("a"),))
    assert bullets("a") == Bullets(((Run("a"),),))
