"""Templates of JSON: what they become, and how their mistakes are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postengine.render.errors import InputMissing, TemplateInvalid
from postengine.render.image.tree import Box, Picture, Shape, Text, walk
from postengine.render.templates.user.document import Document
from postengine.render.templates.user.json_file import MAX_FILE_BYTES

from .conftest import MakeSheet

FILE = Path("window.json")


def read(root: object) -> Document:
    content = root if isinstance(root, bytes) else json.dumps(root).encode()
    return Document.read("window", FILE, content, "square")


def problems(root: object) -> list[tuple[str, str]]:
    with pytest.raises(TemplateInvalid) as caught:
        read(root)
    assert caught.value.file == FILE
    return [(problem.path, problem.message) for problem in caught.value.problems]


def texts(tree: Box) -> list[str]:
    return [node.text for _, node in walk(tree) if isinstance(node, Text)]


def text(words: str, **more: object) -> dict[str, object]:
    return {"type": "text", "text": words, **more}


def test_the_root_is_as_large_as_the_page(make_sheet: MakeSheet) -> None:
    tree = read({"children": []}).drawn(make_sheet("story"))

    assert (tree.style.width, tree.style.height, tree.style.position) == (1080, 1920, "relative")
    assert tree.style.direction is None


def test_a_page_that_reads_from_the_right_begins_there(make_sheet: MakeSheet) -> None:
    document = read({"children": [text("{{listing.title}}")]})

    tree = document.drawn(make_sheet(locale="ar"))

    (words,) = tree.children
    assert isinstance(words, Text)
    assert (tree.style.direction, words.lang) == ("rtl", "ar")


def test_numbers_are_numbers_in_a_style(make_sheet: MakeSheet) -> None:
    style = {"fontSize": "{{page.body}}", "padding": "{{page.unit}}px {{page.unit|half}}px"}
    (words,) = read({"children": [text("a", style=style)]}).drawn(make_sheet()).children

    assert words.style.font_size == make_sheet().page.body
    assert words.style.padding == "24px 12px"


def test_what_would_show_nothing_is_left_out(make_sheet: MakeSheet) -> None:
    root = {
        "children": [
            text("Call {{listing.agent.phone}}"),
            text("{{listing.price}} {{listing.title}}"),
            {"type": "picture", "source": "{{listing.photos.1}}"},
            {"type": "box", "children": [text("{{listing.badge}}")]},
            {"type": "box", "style": {"height": 4}},
        ]
    }

    tree = read(root).drawn(make_sheet())

    assert texts(tree) == [" A home by the harbour"]
    assert [node.type for node in tree.children] == ["text", "box"]


def test_an_empty_value_of_a_style_is_left_out(make_sheet: MakeSheet) -> None:
    root = {"children": [text("a", key="{{listing.badge}}", style={"fontFamily": "{{listing.badge}}"})]}

    (words,) = read(root).drawn(make_sheet()).children

    assert (words.key, words.style.font_family) == (None, None)


def test_conditions_hold_for_all_their_names(make_sheet: MakeSheet) -> None:
    root = {
        "children": [
            text("price", when="listing.price"),
            text("both", when=["listing.price", "listing.agent"]),
            text("no agent", unless="listing.agent"),
            text("no price", unless=["listing.price", "listing.badge"]),
            text("wide", when="page.is_wide"),
        ]
    }
    document = read(root)

    assert texts(document.drawn(make_sheet(price="1"))) == ["price", "no agent"]
    assert texts(document.drawn(make_sheet("link"))) == ["no agent", "no price", "wide"]


def test_each_repeats_a_node_for_the_entries_of_a_list(make_sheet: MakeSheet) -> None:
    root = {
        "children": [
            {
                "type": "box",
                "each": "listing.features",
                "most": 2,
                "key": "feature_{{index}}",
                "children": [text("{{index}}: {{item}}", when="item", unless="listing.price")],
            }
        ]
    }

    tree = read(root).drawn(make_sheet(features=["Balcony", "Garage", "Pool"]))

    assert texts(tree) == ["1: Balcony", "2: Garage"]
    assert [node.key for node in tree.children] == ["feature_1", "feature_2"]


def test_icons_and_parts_become_nodes_of_the_tree(make_sheet: MakeSheet) -> None:
    root = {
        "children": [
            {"type": "icon", "name": "bed", "size": 40, "color": "{{ink.paper.mark}}", "key": "bed"},
            {"type": "part", "name": "headline", "ink": "paper", "width": 600, "style": {"marginTop": 8}},
            {"type": "part", "name": "price"},
            {"type": "part", "name": "label", "text": "{{words.sold}}"},
            {"type": "part", "name": "label"},
            {"type": "part", "name": "label", "text": "{{listing.badge}}"},
        ]
    }

    bed, headline, label = read(root).drawn(make_sheet()).children

    assert isinstance(bed, Shape)
    assert (bed.key, bed.style.width) == ("bed", 40)
    assert isinstance(headline, Text)
    assert (headline.text, headline.style.width, headline.style.margin_top) == (
        "A home by the harbour",
        600,
        8,
    )
    assert [word.casefold() for word in texts(Box(children=(label,)))] == ["sold"]


@pytest.mark.parametrize(
    "name", ["headline", "place", "price", "facts", "details", "agent", "legal", "page_mark", "signature"]
)
def test_every_part_can_be_drawn(make_sheet: MakeSheet, name: str) -> None:
    sheet = make_sheet(
        price="1", address="Rua 1", bedrooms=2, agent={"name": "Ana", "phone": "+1"}, page_mark="1/2"
    )

    tree = read({"children": [{"type": "part", "name": name, "ink": "primary"}]}).drawn(sheet)

    assert texts(tree)


def test_a_focus_is_a_point_or_smart(make_sheet: MakeSheet) -> None:
    root = {"children": [{"type": "picture", "source": "{{listing.photos.1}}", "focus": "{{listing.focus}}"}]}
    document = read(root)

    found = [
        node.focus
        for sheet in (make_sheet(photos=["a"]), make_sheet(photos=["a"], focus=[0.1, 0.9]))
        for node in document.drawn(sheet).children
        if isinstance(node, Picture)
    ]

    assert found == ["smart", (0.1, 0.9)]


def test_what_a_template_needs_is_asked_for(make_sheet: MakeSheet) -> None:
    document = read({"about": "Words", "needs": ["listing.testimonial.quote"], "children": []})

    with pytest.raises(InputMissing) as caught:
        document.drawn(make_sheet())

    assert (caught.value.template, caught.value.field) == ("window", "testimonial.quote")
    assert document.about == "Words"
    assert document.drawn(make_sheet(testimonial={"quote": "Good", "author": "B"}))


@pytest.mark.parametrize(
    ("root", "path", "message"),
    [
        (b"{", "line 1, column 2", "Expecting property name"),
        (b'{\n "a": 1,,\n}', "line 2, column 9", "Expecting property name"),
        (b"[]", "root", "expected an object"),
        (b"\xff", "file", "expected UTF-8"),
        (b'{"a": NaN}', "file", "expected a number, got NaN"),
        (b'{"key": "a", "key": "b"}', "file", "the key 'key' stands twice"),
        (b" " * (MAX_FILE_BYTES + 1), "file", "bytes"),
        (b'{"a":' * 50_000, "file", "nested too deep"),
        ({"type": "text"}, "root.type", 'expected "box"'),
        ({"when": "listing.price"}, "root.when", "on a node inside"),
        ({"about": "a\nb"}, "root.about", "one line"),
        ({"needs": "brand.name"}, "root.needs", "a name of the listing"),
        ({"needs": "listing.nothing"}, "root.needs", "there is no name listing.nothing"),
        ({"children": {}}, "root.children", "a list of nodes"),
        ({"children": ["a"]}, "root.children[0]", "expected a node, got 'a'"),
        ({"children": [{"type": "txt"}]}, "root.children[0].type", "did you mean text?"),
        ({"children": [{"type": "box", "about": "a"}]}, "root.children[0].about", "on the root only"),
        ({"children": [text("a", when=3)]}, "root.children[0].when", "expected a name"),
        ({"children": [text("a", when=[3])]}, "root.children[0].when", "expected a name"),
        (
            {"children": [text("a", unless="listing.pric")]},
            "root.children[0].unless",
            "did you mean listing.price?",
        ),
        (
            {"children": [text("a", each="listing.price")]},
            "root.children[0].each",
            "expected one of the lists",
        ),
        ({"children": [text("a", each=["x"])]}, "root.children[0].each", "expected one of the lists"),
        ({"children": [text("a", most=3)]}, "root.children[0].most", 'beside "each"'),
        ({"children": [text("a", each="brand.legal", most=0)]}, "root.children[0].most", "from 1 to 50"),
        ({"children": [text("a", each="brand.legal", most=True)]}, "root.children[0].most", "from 1 to 50"),
        ({"children": [text("{{listing.titl}}")]}, "root.children[0].text", "did you mean listing.title?"),
        (
            {"children": [text("a", style={"a": ["{{x}}"]})]},
            "root.children[0].style.a[0]",
            "there is no name x",
        ),
        ({"children": [text("a", style={"gapp": 1})]}, "root.children[0].style.gapp", "gap"),
        ({"children": [text("a", style={"color": "blu"})]}, "root.children[0].style.color", "blu"),
        ({"children": [text("a", children=[])]}, "root.children[0].children", "leave it out"),
        ({"children": [text("a", fit={"minPx": 20})]}, "root.children[0].style.width", "a fit"),
        (
            {"children": [text("a", style={"margin": "{{listing.bedrooms}}px"})]},
            "root.children[0].style.margin",
            "listing.bedrooms can be empty",
        ),
        (
            {"children": [{"type": "icon", "name": "bet", "size": 9, "color": "#ffffff"}]},
            "root.children[0].name",
            "bed",
        ),
        (
            {"children": [{"type": "part", "name": "price", "hue": 1}]},
            "root.children[0].hue",
            "not permitted",
        ),
        (
            {"children": [{"type": "part", "name": "price", "style": {"gap": "x"}}]},
            "root.children[0].style.gap",
            "x",
        ),
        ({"style": "wide"}, "root.style", "object"),
    ],
)
def test_a_mistake_is_told_with_its_place_in_the_file(root: object, path: str, message: str) -> None:
    found = problems(root)

    assert [where for where, _ in found] == [path]
    assert message in found[0][1]


def test_all_mistakes_are_told_at_once() -> None:
    found = problems({"children": [text("{{a}}"), text("{{b}}", when="c")]})

    assert [path for path, _ in found] == [
        "root.children[0].text",
        "root.children[1].when",
        "root.children[1].text",
    ]


def test_a_place_is_the_files_even_where_nodes_before_it_are_left_out_or_repeated() -> None:
    root = {
        "children": [
            text("{{listing.price}}", unless="listing.title"),
            text("{{item}}", each="listing.features"),
            {"type": "box", "children": [text("a"), text("b", style={"colour": "#fff"})]},
        ]
    }

    found = problems(root)

    assert [path for path, _ in found] == ["root.children[2].children[1].style.colour"]


def test_a_template_for_what_it_needs_is_tried_without_the_rest() -> None:
    style = {"margin": "{{listing.bedrooms}}px"}

    assert read({"needs": "listing.bedrooms", "children": [text("a", style=style)]})


def test_a_bomb_of_repeats_is_refused() -> None:
    node: dict[str, Any] = text("{{item}}")
    for _ in range(4):
        node = {"type": "box", "each": "listing.photos", "children": [node] * 4}

    (found,) = problems({"children": [node]})

    assert "at most 2000 nodes with all repeats" in found[1]


@pytest.mark.parametrize("wrap", ["children", "style"])
def test_what_is_nested_too_deep_is_refused(wrap: str) -> None:
    root: dict[str, Any] = {"type": "box"}
    for _ in range(100):
        root = (
            {"type": "box", "children": [root]}
            if wrap == "children"
            else {"type": "box", "style": {"a": root}}
        )

    found = problems(root)

    assert any("flatten it" in message for _, message in found)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.sampled_from(["box", "text", "{{item}}", "{{page.unit}}", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "children",
                    "style",
                    "text",
                    "when",
                    "unless",
                    "each",
                    "most",
                    "key",
                    "fit",
                    "name",
                    "gap",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from(["children", "style", "key", "needs", "about"]), JSON, max_size=4))
def test_any_json_is_either_a_template_or_refused(root: dict[str, object]) -> None:
    told: list[object] = []
    try:
        told.append(read(root))
    except TemplateInvalid as error:
        told.extend(error.problems)

    assert told
