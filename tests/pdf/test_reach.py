"""What a page can draw, each thing once."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from foldwell.errors import FoldwellError
from foldwell.pdf.reach import Part, Reach

PDF = Pdf.new()


def stream(content: bytes = b"", **keys: Any) -> Any:
    return PDF.make_stream(content, **keys)


def form(**keys: Any) -> Any:
    return stream(Subtype=Name.Form, **keys)


def picture(**keys: Any) -> Any:
    return stream(Subtype=Name.Image, **keys)


def masked(group: Any, kind: Name = Name.Luminosity) -> Dictionary:
    return Dictionary(SMask=Dictionary(S=kind, G=group))


def reached(annotations: Any = (), **resources: Any) -> list[Part]:
    page = PDF.add_blank_page()
    page.Annots = Array(list(annotations))
    return list(Reach().page(page.obj, Dictionary(**resources)))


def said(parts: list[Part]) -> list[tuple[str, str]]:
    """Kind and name, but for the page and its resources."""
    return [(part.kind, part.where) for part in parts[2:]]


def test_an_empty_page() -> None:
    (page, resources) = reached()
    assert (page.kind, page.where, page.fresh) == ("content", "the page", True)
    assert resources.kind == "resources"


DRAWN = Dictionary(Subtype=Name.Type3, CharProcs=Dictionary(a=stream()))


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ({"XObject": Dictionary(P=picture())}, [("picture", "the picture P")]),
        ({"XObject": Dictionary(F=form())}, [("content", "the group of F")]),
        ({"XObject": Dictionary(X=stream(Subtype=Name.PS))}, [("other", "the group of X")]),
        ({"XObject": Dictionary(X=Dictionary(Subtype=Name.Form))}, []),
        ({"Shading": Dictionary(S=Dictionary(ShadingType=2))}, [("shading", "the shading S")]),
        ({"Pattern": Dictionary(T=stream(PatternType=1))}, [("content", "the pattern T")]),
        (
            {"Pattern": Dictionary(P=Dictionary(Shading=Dictionary(), ExtGState=Dictionary()))},
            [("shading", "the pattern P"), ("state", "the soft mask P")],
        ),
        (
            {"ExtGState": Dictionary(M=masked(form()))},
            [(kind, "the soft mask M") for kind in ("state", "mask", "content")],
        ),
        (
            {"ExtGState": Dictionary(M=Dictionary(SMask=Name("/None")))},
            [("state", "the soft mask M")],
        ),
        (
            {"Font": Dictionary(T=DRAWN)},
            [("content", "the font T")],
        ),
        ({"Font": Dictionary(F=Dictionary(Subtype=Name.TrueType))}, []),
        ({"XObject": 7, "Pattern": Name.P, "Shading": Dictionary(S=3)}, []),
    ],
)
def test_what_resources_name(resources: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(reached(**resources)) == expected


def test_other_versions_of_a_picture() -> None:
    image = picture(Alternates=Array([Dictionary(Image=picture()), 3]))
    parts = reached(XObject=Dictionary(P=image))
    assert said(parts) == [("picture", "the picture P")] * 2


def test_what_is_changed_on_the_way_is_followed_as_it_is_then() -> None:
    image = picture(Alternates=Array([Dictionary(Image=picture())]))
    page = PDF.add_blank_page()
    kinds = []
    for part in Reach().page(page.obj, Dictionary(XObject=Dictionary(P=image))):
        kinds.append(part.kind)
        if part.kind == "picture":
            del part.item.Alternates
    assert kinds.count("picture") == 1


def test_a_thing_is_met_once() -> None:
    shared = form(Resources=PDF.make_indirect(Dictionary(XObject=Dictionary(P=picture()))))
    reach = Reach()
    resources = Dictionary(XObject=Dictionary(A=shared, B=shared))
    first = list(reach.page(PDF.add_blank_page().obj, resources))
    again = list(reach.page(PDF.add_blank_page().obj, resources))
    assert [part.kind for part in first[2:]] == ["content", "resources", "picture"]
    assert len(again) == 2


def test_names_are_looked_up_where_the_standard_says() -> None:
    own = Dictionary(Own=Dictionary())
    parts = reached(XObject=Dictionary(A=form(), B=form(Resources=own)))
    around, inner = (part.resources for part in parts if part.where.startswith("the group"))
    assert "/XObject" in around
    assert "/Own" in inner


def test_masks_come_first_and_count_as_light() -> None:
    inside = form(Resources=Dictionary(XObject=Dictionary(P=picture())))
    parts = reached(XObject=Dictionary(F=inside), ExtGState=Dictionary(M=masked(inside)))
    assert [(part.kind, part.light) for part in parts[2:]] == [
        ("state", False),
        ("mask", True),
        ("content", True),
        ("resources", True),
        ("picture", True),
    ]
    alpha = reached(ExtGState=Dictionary(M=masked(form(), Name.Alpha)))
    assert not any(part.light for part in alpha)


def test_a_drawing_that_becomes_a_mask_is_told() -> None:
    drawn = form()
    reach = Reach()
    list(reach.page(PDF.add_blank_page().obj, Dictionary(XObject=Dictionary(F=drawn))))
    state = Dictionary(ExtGState=Dictionary(M=masked(drawn)))
    later = list(reach.page(PDF.add_blank_page().obj, state))
    assert later[-1].kind == "twice"


def test_the_looks_of_annotations() -> None:
    looks = Dictionary(N=form(), D=Dictionary(On=form(), Off=form()))
    parts = reached([Dictionary(AP=looks), 3])
    assert said(parts) == [("annotation", "an annotation"), *[("content", "an annotation")] * 3]
    assert all(
        part.fresh for part in parts if part.where == "an annotation" and part.kind == "content"
    )


def test_a_form_that_draws_itself_ends() -> None:
    loop = form(Resources=Dictionary(XObject=Dictionary()))
    loop.Resources.XObject.L = loop
    assert said(reached(XObject=Dictionary(L=loop)))[0] == ("content", "the group of L")


def test_forms_without_end_are_refused() -> None:
    inner = form()
    for _ in range(60):
        inner = form(Resources=Dictionary(XObject=Dictionary(F=inner)))
    with pytest.raises(FoldwellError, match="nested too deep"):
        reached(XObject=Dictionary(F=inner))
