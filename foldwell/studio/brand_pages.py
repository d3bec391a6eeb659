"""Brands: their colours with what can be read on them, their logo, the shape on their covers."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap
from starlette.responses import JSONResponse, Response

from foldwell.build.brand_sheet import make_sheet
from foldwell.build.write import write_file
from foldwell.content.brand_kit import BrandReader
from foldwell.content.colours import contrast, css_colour, nearest_passing, on
from foldwell.content.images import LOGOS, read_image
from foldwell.content.known_pictures import KnownPictures
from foldwell.content.new_brand import new_brand
from foldwell.content.values import slug_problem
from foldwell.errors import FoldwellError, Mistakes
from foldwell.studio.conflicts import conflicted
from foldwell.studio.desk import Call, Desk, NotThere, seen_other, sentence
from foldwell.studio.saving import NOT_UTF8, Conflict, editable, mark, present, shown
from foldwell.studio.shape_picture import NAMES
from foldwell.studio.yaml_document import opened

ROOM = "/brands"
ROLES = ("primary", "secondary", "tertiary", "warning", "danger")
READ = 4.5
"""The contrast that words need (WCAG 2.2, AA)."""


def brands(desk: Desk, call: Call) -> Response:
    """All brands, and who uses each."""
    library = desk.shelf.book.library
    rows = [
        {
            "slug": slug,
            "name": kit.brand.name or slug,
            "colour": kit.brand.color.role("primary"),
            "clinics": [str(one.name) for one in library.clinics.values() if one.brand == slug],
            "errors": (),
        }
        for slug, kit in sorted(library.brands.items())
    ]
    for path, errors in library.broken.items():
        if path.startswith("content/brands/"):
            slug = path.split("/")[2]
            rows.append({"slug": slug, "name": slug, "colour": "#ffffff", "clinics": (),
                         "errors": [sentence(error) for error in errors]})  # fmt: skip
    return desk.page("brands.html", room=ROOM, brands=rows, wrong=call.query.get("wrong", ""))


def _file(desk: Desk, slug: str) -> tuple[str, bytes]:
    path = f"content/brands/{slug}/brand.yml"
    content = None if slug_problem(slug) else present(desk.root, path)
    if content is None:
        raise NotThere
    return path, content


def brand_page(desk: Desk, call: Call) -> Response:
    """The form of a brand."""
    slug = call.path["slug"]
    path, content = _file(desk, slug)
    text, may_change = shown(content, path)
    tree = opened(text, path).tree
    colours = _colours(tree)
    errors = () if may_change else (NOT_UTF8,)
    said = call.query.get("said", "")
    return _page(desk, slug, colours, _shape(tree), mark(content), said, errors)


def _page(
    desk: Desk, slug: str, colours: dict[str, str], shape: str, seen: str, said: str,
    errors: tuple[str, ...], status: int = 200,
) -> Response:  # fmt: skip
    kit = desk.shelf.book.library.brands.get(slug)
    sheets = [f"brands/{slug}-{n}.png" for n in (1, 2)]
    return desk.page(
        "brand.html", status, room=ROOM, slug=slug, title=kit.brand.name or slug if kit else slug,
        colours=[(name, value, told(value)) for name, value in colours.items()],
        shapes=NAMES, shape=shape, seen=seen, said=said, errors=errors,
        sheets=[f"/brand/{slug}/sheet/{n}" for n, path in enumerate(sheets, 1)
                if (desk.output / path).is_file()],
        logos=[(f"/brand/{slug}/logo/{name}", "dark" in name)
               for name, image in (kit.images.items() if kit else ())
               if image.media_type.startswith("image/")],
        main=told(colours.get("primary", kit.brand.color.role("primary") if kit else ""))["colour"]
        or "#2a5f3e",
    )  # fmt: skip


def _colours(tree: CommentedMap) -> dict[str, str]:
    """The colours that a brand's file gives: of its palette, and of roles that name none of it."""
    colour: Any = tree.get("color")
    colour = colour if isinstance(colour, dict) else {}
    palette: Any = colour.get("palette")
    palette = palette if isinstance(palette, dict) else {}
    found = {f"palette.{name}": str(value) for name, value in palette.items()}
    for role in ROLES:
        value = colour.get(role)
        if value is not None and str(value) not in palette:
            found[role] = str(value)
    if not found:
        found["primary"] = str(colour.get("primary", "#1b5e6b"))
    return found


def _shape(tree: CommentedMap) -> str:
    defaults: Any = tree.get("defaults") or {}
    own: Any = defaults.get("foldwell") if isinstance(defaults, dict) else {}
    return str((own or {}).get("cover_shape", "hills"))


def told(colour: str) -> dict[str, Any]:
    """What can be read on a colour, and in it."""
    known = css_colour(colour)
    if known is None:
        return {"colour": "", "words": f"'{colour}' is not a colour. Write it as '#0f5c73'."}
    on_white, bears = contrast(known, "#ffffff"), on(known)
    ratio = contrast(known, bears)
    words = f"As words on white {on_white:.1f} : 1"
    if on_white < READ:
        words += (
            ", too pale to read: it is kept for areas, and words are in a darker colour"
            f" ({nearest_passing(known, '#ffffff')} would pass)"
        )
    name = "white" if bears == "#ffffff" else "black"
    return {"colour": known, "bears": bears, "passes": on_white >= READ,
            "words": f"{words}. {name.capitalize()} words on it {ratio:.1f} : 1."}  # fmt: skip


def contrast_of(desk: Desk, call: Call) -> Response:
    """The same, for a script that asks while somebody chooses."""
    return JSONResponse(told(call.query.get("colour", "")[:60]))


def save_brand(desk: Desk, call: Call) -> Response:
    """Save colours, shape and perhaps a new logo."""
    slug = call.path["slug"]
    path, content = _file(desk, slug)
    before = editable(content, path)
    document = opened(before, path)
    tree = document.tree
    wanted = {name: call.one(f"colour.{name}").strip() for name in _colours(tree)}
    shape = call.one("shape")
    for name, value in wanted.items():
        if value and value != _colours(tree)[name]:
            colour = tree.setdefault("color", CommentedMap())
            if name.startswith("palette."):
                colour["palette"][name.removeprefix("palette.")] = value
            else:
                colour[name] = value
    if shape in NAMES and shape != _shape(tree):
        defaults = tree.setdefault("defaults", CommentedMap())
        defaults.setdefault("foldwell", CommentedMap())["cover_shape"] = shape
    logo = call.files.get("logo")
    picture = ""
    errors: tuple[str, ...] = ()
    try:
        if logo and logo[1]:
            picture = _picture_name(desk, logo)
            tree["logo"] = picture
        unchanged = opened(before, path).tree == tree  # then not a byte of the file is, either
        text = before if unchanged else document.text
        _check(desk, slug, text, (picture, logo[1]) if logo and picture else None)
        if mark(content) != call.one("seen"):
            raise Conflict(path, content)
        if logo and picture:
            target = f"content/brands/{slug}/{picture}"
            desk.save(target, logo[1], mark(present(desk.root, target)))
        said = desk.save(path, text.encode(), call.one("seen"))
    except Conflict as conflict:
        return conflicted(desk, call, conflict, document.text.encode(), f"/brand/{slug}", ROOM)
    except (FoldwellError, Mistakes) as error:
        wrong = error.errors if isinstance(error, Mistakes) else (error,)
        errors = tuple(sentence(one) for one in wrong)
        return _page(desk, slug, wanted, shape, call.one("seen"), "wrong", errors, 422)
    return seen_other(f"/brand/{slug}?said={'saved' if said == 'same' and picture else said}")


def _picture_name(desk: Desk, logo: tuple[str, bytes]) -> str:
    """The name of an uploaded logo, once it went through the door that all pictures go through."""
    suffix = Path(logo[0]).suffix.lower()
    if suffix not in {".svg", ".png", ".jpg", ".jpeg", ".pdf"} & (LOGOS | {".jpeg"}):
        raise FoldwellError(
            "This is no picture that can be a logo.", None, "Give it as SVG, PNG, JPEG or PDF."
        )
    with tempfile.TemporaryDirectory(prefix="foldwell-logo-") as folder:
        name = f"logo-{mark(logo[1])[:8]}{suffix}"
        (Path(folder) / name).write_bytes(logo[1])
        desk.pictures.apart(read_image, Path(folder), name)
    return name


def _check(desk: Desk, slug: str, text: str, picture: tuple[str, bytes] | None) -> None:
    """Read the brand as it will be.

    Raises:
        Mistakes: With everything that is wrong with it.
    """
    with tempfile.TemporaryDirectory(prefix="foldwell-brand-") as folder:
        own = Path(folder) / "content/brands"
        shutil.copytree(desk.root / "content/brands", own, symlinks=True)
        (own / slug / "brand.yml").write_text(text, encoding="utf-8")
        if picture:
            (own / slug / picture[0]).write_bytes(picture[1])
        known = {path.name: f"content/brands/{path.name}" for path in own.iterdir()}
        desk.pictures.apart(_read, Path(folder), known, slug)


def _read(root: Path, known: dict[str, str], slug: str) -> None:
    BrandReader(root, known, KnownPictures()).read(slug)


def make_brand(desk: Desk, call: Call) -> Response:
    """A new brand from one colour, perhaps with a logo."""
    title = call.one("title").strip()
    slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60].strip("-")
    colour, logo = call.one("colour").strip(), call.files.get("logo")
    try:
        with tempfile.TemporaryDirectory(prefix="foldwell-logo-") as folder:
            picture = None
            if logo and logo[1]:
                picture = Path(folder) / _picture_name(desk, logo)
                picture.write_bytes(logo[1])
            made = new_brand(desk.root, slug, colour, picture, title)
    except (FoldwellError, Mistakes) as error:
        wrong = error.errors[0] if isinstance(error, Mistakes) else error
        return seen_other(f"/brands?wrong={_quoted(sentence(wrong))}")
    told = [desk.committed(path.relative_to(desk.root).as_posix(), "brand") for path in made.files]
    return seen_other(f"/brand/{slug}?said={max(told)}")  # 'uncommitted' if one is


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text[:300])


def draw_sheet(desk: Desk, call: Call) -> Response:
    """Draw the brand's sheet: every block, cover and colour on two pages."""
    slug = call.path["slug"]
    _file(desk, slug)
    sheet = make_sheet(desk.root, slug, desk.today())
    for number, png in enumerate(sheet.pictures, 1):
        write_file(desk.output, f"brands/{slug}-{number}.png", png)
    write_file(desk.output, f"brands/{slug}.pdf", sheet.pdf)
    return seen_other(f"/brand/{slug}?said=drawn")


def sheet_picture(desk: Desk, call: Call) -> Response:
    """A page of the brand's sheet."""
    slug, number = call.path["slug"], call.path["number"]
    path = desk.output / f"brands/{slug}-{number}.png"
    if slug_problem(slug) or number not in ("1", "2") or not path.is_file() or path.is_symlink():
        raise NotThere
    return Response(path.read_bytes(), media_type="image/png")


def logo_picture(desk: Desk, call: Call) -> Response:
    """A logo of a brand, as the door made it."""
    kit = desk.shelf.book.library.brands.get(call.path["slug"])
    image = kit.images.get(call.path["name"]) if kit else None
    if image is None:
        raise NotThere
    headers = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
    return Response(image.content, media_type=image.media_type, headers=headers)
