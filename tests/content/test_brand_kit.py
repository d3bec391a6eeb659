"""A brand fills what it leaves out from the one that it extends, whole and at any depth."""

from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from ruamel.yaml import YAML

from foldwell.content.brand_kit import BrandKit, BrandReader
from foldwell.content.library import read_library
from foldwell.errors import FoldwellError, Mistakes

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 10"><path d="M0 0h9v9z"/></svg>'
PARENT = {
    "meta": {"name": {"full": "Green Trust", "short": "Green"}, "link": "green.example.org"},
    "logo": {
        "images": {
            "wide": {"path": "wide.svg", "alt": "Green Trust"},
            "mark": {"path": "mark.svg", "alt": "Green"},
        },
        "small": "mark",
        "medium": {"light": "wide", "dark": "mark"},
    },
    "color": {
        "palette": {"holly": "#2a5f3e", "heather": "#8a5a9e"},
        "primary": "holly",
        "secondary": "heather",
    },
    "typography": {"headings": {"family": "Atkinson Hyperlegible Next", "weight": 800}},
    "defaults": {
        "foldwell": {
            "cover_shape": "hills",
            "cmyk": {"holly": [80, 30, 80, 20], "heather": [45, 70, 5, 5]},
        }
    },
}


def write(root: Path, slug: str, brand: dict[str, Any], **logos: int) -> None:
    folder = root / "content/brands" / slug
    folder.mkdir(parents=True)
    with (folder / "brand.yml").open("w") as file:
        YAML().dump(brand, file)
    for name, width in logos.items():
        (folder / f"{name}.svg").write_text(LOGO.format(width))


def child(extends: str = "green", /, **own: Any) -> dict[str, Any]:
    foldwell = {"extends": extends, **own.pop("foldwell", {})}
    return {**own, "defaults": {"foldwell": foldwell}}


def reader(root: Path) -> BrandReader:
    paths = sorted((root / "content/brands").iterdir())
    return BrandReader(root, {path.name: path.relative_to(root).as_posix() for path in paths})


def read(root: Path, own: dict[str, Any], **logos: int) -> BrandKit:
    write(root, "green", PARENT, wide=40, mark=10)
    write(root, "own", own, **logos)
    return reader(root).read("own")


def test_a_brand_that_says_nothing_is_its_parent(tmp_path: Path) -> None:
    kit = read(tmp_path, child())
    parent = reader(tmp_path).read("green")
    expected = parent.brand.model_dump()
    expected["defaults"]["foldwell"]["extends"] = "green"
    assert kit.brand.model_dump() == expected
    assert kit.images == parent.images


def test_one_key_deep_inside(tmp_path: Path) -> None:
    own = child(
        meta={"name": {"short": "Moor"}},
        color={"palette": {"holly": "#7a1f4b"}},
        typography={"headings": {"weight": 700}},
        foldwell={"cover_shape": "rings"},
    )
    brand = read(tmp_path, own).brand
    assert (brand.name, brand.short_name) == ("Green Trust", "Moor")
    assert brand.color.role("primary") == "#7a1f4b"
    assert brand.color.role("secondary") == "#8a5a9e"
    assert brand.typography.headings.weight == 700
    assert brand.defaults.foldwell.cover_shape == "rings"


def test_a_picture_is_looked_for_beside_the_file_that_names_it(tmp_path: Path) -> None:
    own = child(logo={"images": {"wide": {"path": "wide.svg"}, "mark": {"alt": "The mark"}}})
    kit = read(tmp_path, own, wide=60)
    assert {name: image.width for name, image in kit.images.items()} == {"wide": 60, "mark": 10}
    assert kit.brand.logo.images["wide"].alt == "Green Trust"
    assert kit.brand.logo.images["mark"].alt == "The mark"


def test_a_shade_of_a_logo(tmp_path: Path) -> None:
    medium = read(tmp_path, child(logo={"medium": {"dark": "wide"}})).brand.logo.medium
    assert medium is not None
    assert (medium.light, medium.dark) == ("wide", "wide")


def test_a_new_colour_has_not_the_inks_of_the_old_one(tmp_path: Path) -> None:
    own = child(
        color={"palette": {"holly": "#7a1f4b", "heather": "#8a5a9e"}},
        foldwell={"cmyk": {"heather": [1, 2, 3, 4]}},
    )
    cmyk = read(tmp_path, own).brand.defaults.foldwell.cmyk
    assert cmyk == {"heather": (1, 2, 3, 4)}


def test_over_two_generations(tmp_path: Path) -> None:
    write(tmp_path, "moor", child(color={"palette": {"holly": "#7a1f4b"}}))
    kit = read(tmp_path, child("moor", color={"palette": {"heather": "#223344"}}))
    assert kit.brand.color.role("primary") == "#7a1f4b"
    assert kit.brand.color.role("secondary") == "#223344"
    assert kit.images["wide"].width == 40


def test_a_mistake_names_the_line_of_the_brand_that_made_it(tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        read(tmp_path, child(color={"secondary": "hether"}))
    (error,) = caught.value.errors
    assert str(error).startswith("content/brands/own/brand.yml:2: 'color.secondary'")


def test_a_picture_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Mistakes, match=r"own/brand.yml:4: The file 'new.svg' does not exist"):
        read(tmp_path, child(logo={"images": {"mark": {"path": "new.svg"}}}))


@pytest.mark.parametrize(
    ("brands", "what"),
    [
        ({"own": child("blue")}, "'blue' that this one extends does not exist"),
        ({"own": child("own")}, "'own' that this one extends itself extends this one"),
        ({"own": child("b"), "b": child("own")}, "'b' that this one extends has mistakes"),
        ({"own": child("b"), "b": {"meta": 5}}, "'b' that this one extends has mistakes"),
    ],
    ids=["nothing", "itself", "a circle", "a broken one"],
)
def test_what_cannot_be_extended(
    tmp_path: Path, brands: dict[str, dict[str, Any]], what: str
) -> None:
    for slug, brand in brands.items():
        write(tmp_path, slug, brand)
    with pytest.raises(FoldwellError, match=what) as caught:
        reader(tmp_path).read("own")
    assert caught.value.place is not None and caught.value.place.path.endswith("own/brand.yml")


def test_both_brands_of_a_circle_are_told(project: Path) -> None:
    write(project, "a", child("b"))
    write(project, "b", child("a"))
    library = read_library(project, TODAY)
    assert set(library.broken) == {f"content/brands/{slug}/brand.yml" for slug in "ab"}
    assert list(library.brands) == ["riverside"]
