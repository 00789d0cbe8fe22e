from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from postengine.render import Brand, CardSpec, ListingFacts, PictureMissing, ReelSpec, inputs_hash

ONE, TWO = "1" * 64, "2" * 64


@pytest.fixture
def card(facts: ListingFacts, brand: Brand) -> CardSpec:
    return CardSpec(size="portrait", facts=facts, brand=brand, photo="a")


@pytest.fixture
def reel(facts: ListingFacts, brand: Brand) -> ReelSpec:
    return ReelSpec(facts=facts, brand=brand, photos=("a", "b"))


def test_specs_survive_json(card: CardSpec, reel: ReelSpec) -> None:
    either: TypeAdapter[CardSpec | ReelSpec] = TypeAdapter(CardSpec | ReelSpec)

    assert either.validate_json(card.model_dump_json()) == card
    assert either.validate_json(reel.model_dump_json()) == reel


@pytest.mark.parametrize("path", [(), ("facts",), ("brand",)])
def test_unknown_fields_are_refused(path: tuple[str, ...], card: CardSpec) -> None:
    data = card.model_dump(mode="json")
    target = data[path[0]] if path else data
    target["colour"] = "red"

    with pytest.raises(ValidationError, match="colour"):
        CardSpec.model_validate(data)


@pytest.mark.parametrize("title", ["ab", "x" * 121, "   a   "])
def test_titles_have_3_to_120_characters(title: str) -> None:
    with pytest.raises(ValidationError):
        ListingFacts(title=title)


@pytest.mark.parametrize("colours", [{"text": "#333333"}, {"primary": "blue"}])
def test_a_brand_that_could_not_be_read_is_refused(colours: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Brand.model_validate({"name": "Casa", **colours})


def test_the_hash_is_the_same_for_the_same_inputs(card: CardSpec) -> None:
    again = CardSpec.model_validate_json(card.model_dump_json())

    first = inputs_hash(card, {"a": ONE, "unused": TWO})

    assert first == inputs_hash(again, {"a": ONE})
    assert len(first) == 64


def test_the_hash_changes_with_price_photo_logo_and_order(card: CardSpec, reel: ReelSpec) -> None:
    dearer = card.model_copy(update={"facts": card.facts.model_copy(update={"price": "€1"})})
    swapped = reel.model_copy(update={"photos": ("b", "a")})
    both = {"a": ONE, "b": TWO}

    hashes = {
        inputs_hash(card, {"a": ONE}),
        inputs_hash(card, {"a": TWO}),
        inputs_hash(card, {"a": ONE, "logo": TWO}),
        inputs_hash(dearer, {"a": ONE}),
        inputs_hash(reel, both),
        inputs_hash(swapped, both),
    }

    assert len(hashes) == 6


def test_the_hash_needs_every_photo(reel: ReelSpec) -> None:
    with pytest.raises(PictureMissing, match="b"):
        inputs_hash(reel, {"a": ONE})
