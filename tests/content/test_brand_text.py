"""brand.yml as the standard has it, in every way in which it lets things be written."""

import shutil
from pathlib import Path

import pytest
from brand_files import LOGO, font, read_brand, said, write_brand

from foldwell.content.brand_kit import BrandKit
from foldwell.errors import Mistakes

CASES = Path(__file__).parent / "brands"
HOUSE = "Atkinson Hyperlegible Next"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """The cases as brands, each with the files that it names."""
    for case in CASES.glob("*.yml"):
        folder = tmp_path / "content/brands" / case.stem
        folder.mkdir(parents=True)
        shutil.copy(case, folder / "brand.yml")
        for name in ("logo.svg", "mark.svg"):
            (folder / name).write_text(LOGO.format("#002b5c"))
        (folder / "fonts").mkdir()
        (folder / "fonts/own.ttf").write_bytes(font(700))
    return tmp_path


def read(root: Path, text: str, **files: bytes) -> BrandKit:
    named = {name.replace("_", "."): content for name, content in files.items()}
    write_brand(root, "own", text, {"mark.svg": LOGO.format("#123456").encode(), **named})
    return read_brand(root, "own")


def test_one_colour_is_enough(cases: Path) -> None:
    kit = read_brand(cases, "smallest")
    assert kit.brand.color.role("primary") == "#7a1f5c"
    assert (kit.brand.name, kit.images, kit.notes) == ("", {}, ())


def test_a_brand_from_a_website(cases: Path) -> None:
    kit = read_brand(cases, "from-a-website")
    brand = kit.brand
    assert brand.name == "Marsh End Health"
    assert brand.meta.link == "marshend.example.org"
    assert brand.color.palette == {
        "navy": "#002b5c",
        "Sky Blue": "#9bd3ee",
        "leaf": "#3d8f66",
        "white": "#ffffff",
        "black": "#000000",
    }
    roles = {name: brand.color.role(name) for name in ("foreground", "primary", "secondary")}
    assert roles == {"foreground": "#000000", "primary": "#002b5c", "secondary": "#9bd3ee"}
    assert brand.color.role("danger") == "#ff0000"
    assert {size: brand.logo.of_size(size) for size in ("small", "medium", "large")} == {
        size: brand.logo.medium for size in ("small", "medium", "large")
    }
    type_ = brand.typography
    assert type_.base.size == pytest.approx(11 * 96 / 72) and type_.base.line_height == 1.5
    assert (type_.headings.weight, type_.headings.style) == (600, "normal")
    assert type_.link.decoration == "underline"
    assert (type_.base.family, type_.headings.family) == (HOUSE, HOUSE)
    assert [(cut.family, cut.weight) for cut in kit.cuts] == [("Own Face", 700)]
    (fetched,) = [note for note in kit.notes if "not fetched" in note.message]
    assert "Montserrat (google), Open Sans (bunny)" in fetched.message
    assert "source: file" in fetched.hint and fetched.place.line == 13


def test_a_font_is_the_same_whenever_it_is_read(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for now in ("1000000000", "1700000000"):  # fontTools takes it for the time of a change
        monkeypatch.setenv("SOURCE_DATE_EPOCH", now)
        found.append([cut.content for cut in read_brand(cases, "from-a-website").cuts])
    assert found[0] and found[0] == found[1]


def test_a_child_takes_all_that_it_leaves_out(cases: Path) -> None:
    kit, parent = read_brand(cases, "child"), read_brand(cases, "from-a-website")
    assert kit.brand.color.role("primary") == "#3d8f66"
    assert kit.brand.color.palette == parent.brand.color.palette
    assert kit.cuts == parent.cuts
    assert {*kit.images} == {"logo", "mark"}
    small, medium = kit.brand.logo.of_size("small"), kit.brand.logo.of_size("medium")
    assert small and medium and (small.light, medium.light) == ("mark", "logo")
    assert kit.brand.logo.images["mark"].alt == "Marsh End"


def test_a_pale_brand_is_no_mistake(cases: Path) -> None:
    kit = read_brand(cases, "pale")
    told = said(kit)
    for words in ("Primary #ffe000", "1.3:1", "#8a7500", "Secondary #9bd3ee", "#487d96"):
        assert words in told
    path = cases / "content/brands/pale/brand.yml"
    path.write_text("contrast: adjust\n" + path.read_text())
    assert "headings, links and icons are in #8a7500" in said(read_brand(cases, "pale"))


def test_every_mistake_is_named_at_once(cases: Path) -> None:
    (cases / "content/brands/wrong/logo.svg").unlink()
    with pytest.raises(Mistakes) as caught:
        read_brand(cases, "wrong")
    told = [str(error) for error in caught.value.errors]
    for words in ("palette.a", "palette.b", "nocolour", "Nowhere Sans", "missing.svg"):
        assert any(words in line for line in told), words


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("teal", "#008080"),
        ("RebeccaPurple", "#663399"),
        ("rgb(10, 20, 30)", "#0a141e"),
        ("rgb(10 20 30 / 100%)", "#0a141e"),
        ("hsl(150 40% 40%)", "#3d8f66"),
        ("hsl(150, 40%, 40%)", "#3d8f66"),
        ("oklch(50% .1 20)", "#944a4b"),
        ("#AbC", "#aabbcc"),
        ("#002B5C", "#002b5c"),
    ],
)
def test_colours_as_css_writes_them(written: str, colour: str, tmp_path: Path) -> None:
    brand = read(
        tmp_path, f'color: {{palette: {{own: "{written}", far: own}}, primary: far}}'
    ).brand
    assert brand.color.palette == {"own": colour, "far": colour}
    assert brand.color.role("primary") == colour


@pytest.mark.parametrize(
    "written", ["currentColor", "var(--x)", "url(x)", "transparent", "#12", "red;x", "inherit"]
)
def test_what_is_no_colour(written: str, tmp_path: Path) -> None:
    with pytest.raises(Mistakes, match=r"color\.primary"):
        read(tmp_path, f'color: {{primary: "{written}"}}')


def test_roles_may_name_one_another(tmp_path: Path) -> None:
    brand = read(
        tmp_path, "color: {primary: navy, tertiary: primary, palette: {white: white}}"
    ).brand
    assert brand.color.role("tertiary") == "#000080"
    assert brand.color.palette == {"white": "#ffffff"}


def test_light_and_dark_colours_mean_the_light_one(tmp_path: Path) -> None:
    brand = read(tmp_path, "color: {primary: {light: navy, dark: skyblue}}").brand
    assert brand.color.role("primary") == "#000080"


def test_a_palette_may_have_a_light_and_a_dark(tmp_path: Path) -> None:
    text = 'color: {palette: {light: "#eeeeee", dark: {light: "#222222", dark: "#dddddd"}}}'
    assert read(tmp_path, text).brand.color.palette == {"light": "#eeeeee", "dark": "#222222"}


def test_ranges_of_weights_are_those_of_the_file(tmp_path: Path) -> None:
    fonts = "[{path: a.ttf, weight: 400..800}, {path: b.ttf, style: oblique}]"
    text = f"typography: {{fonts: [{{family: Own, source: file, files: {fonts}}}]}}"
    kit = read(tmp_path, text, a_ttf=font(700), b_ttf=font(400))
    assert [cut.weight for cut in kit.cuts] == [700]


LOGOS = [
    ("logo: mark.svg", "mark", None),
    ("logo: {medium: mark.svg}", "mark", None),
    ("logo: {images: {a: mark.svg}, medium: a}", "a", None),
    ("logo: {images: {a: {path: mark.svg}}, large: a}", "a", None),
    ("logo: {medium: {path: mark.svg, alt: The mark}}", "mark", None),
    ("logo: {medium: {light: mark.svg, dark: dark.svg}}", "mark", "dark"),
    ("logo: {images: {a: mark.svg, b: dark.svg}, small: {light: a, dark: b}}", "a", "b"),
    ("logo: {images: {header logo: mark.svg}, medium: header logo}", "header logo", None),
    ("logo: {images: {a: logos/mark.svg}, medium: a}", "a", None),
]


@pytest.mark.parametrize(("text", "light", "dark"), LOGOS, ids=range(len(LOGOS)))
def test_logos_in_every_spelling(text: str, light: str, dark: str | None, tmp_path: Path) -> None:
    files = dict.fromkeys(("dark.svg", "logos/mark.svg", "mark.svg"), LOGO.format("#000").encode())
    write_brand(tmp_path, "own", f"color: {{primary: navy}}\n{text}\n", files)
    shades = read_brand(tmp_path, "own").brand.logo.of_size("medium")
    assert shades is not None and (shades.light, shades.dark) == (light, dark)


@pytest.mark.parametrize(
    ("written", "weight"),
    [("bold", 700), ("semi-bold", 600), ("Extra Bold", 800), ("450", 450), ("thin", 100)],
)
def test_weights_by_name_or_number(written: str, weight: int, tmp_path: Path) -> None:
    brand = read(tmp_path, f"typography: {{headings: {{weight: {written}}}}}").brand
    assert brand.typography.headings.weight == weight


def test_keys_for_other_programs_are_passed_by(tmp_path: Path) -> None:
    text = (
        "color: {primary: navy}\nschemaVersion: 2\ntypography: {base: {paragraph-gap: 2}}\n"
        "defaults: {bootstrap: {defaults: {enable-rounded: true}}, quarto: {format: html}}\n"
    )
    told = said(read(tmp_path, text))
    assert "'schemaVersion', 'typography.base.paragraph-gap'" in told and "bootstrap" not in told


def test_a_child_that_names_a_logo_leaves_its_parents_dark_one(tmp_path: Path) -> None:
    mark = {"mark.svg": LOGO.format("#000").encode(), "dark.svg": LOGO.format("#fff").encode()}
    parent = "color: {primary: navy}\nlogo: {medium: {light: mark.svg, dark: dark.svg}}\n"
    write_brand(tmp_path, "parent", parent, mark)
    write_brand(tmp_path, "own", "extends: parent\nlogo: {medium: other.svg}\n",
                {"other.svg": LOGO.format("#111").encode()})  # fmt: skip
    shades = read_brand(tmp_path, "own").brand.logo.medium
    assert shades is not None and (shades.light, shades.dark) == ("other", None)


def test_a_child_adds_fonts_to_its_parents(tmp_path: Path) -> None:
    own = "{family: %s, source: file, files: [r.ttf, b.ttf]}"
    files = {"r.ttf": font(400), "b.ttf": font(700)}
    write_brand(tmp_path, "parent", f"typography: {{fonts: [{own % 'One'}], base: One}}\n", files)
    text = f"extends: parent\ntypography: {{fonts: [{own % 'Two'}], headings: Two}}\n"
    write_brand(tmp_path, "own", text, files)
    kit = read_brand(tmp_path, "own")
    assert {cut.family for cut in kit.cuts} == {"One", "Two"}
    assert kit.brand.typography.base.family == "One"
    assert {cut.path.split("/")[2] for cut in kit.cuts if cut.family == "One"} == {"parent"}
