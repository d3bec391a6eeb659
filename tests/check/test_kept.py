"""A screen file that keeps PDF/A-2a is broken in one place, and the clause is named."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from test_archive import broken, whole  # noqa: F401 - a fixture

from foldwell.check.kept import claims_to_be_kept, failings
from foldwell.check.preflight import preflight

Change = Callable[[Pdf], None]


def clauses(content: bytes) -> set[str]:
    with Pdf.open(io.BytesIO(content)) as pdf:
        return {found.clause for found in failings(pdf)}


def test_a_screen_file_keeps_them_all(whole: bytes) -> None:  # noqa: F811
    assert clauses(whole) == set()
    with Pdf.open(io.BytesIO(whole)) as pdf:
        assert claims_to_be_kept(pdf)


def xmp(before: bytes, after: bytes) -> Change:
    def change(pdf: Pdf) -> None:
        read = pdf.Root.Metadata.read_bytes()
        assert before in read
        pdf.Root.Metadata.write(read.replace(before, after))

    return change


def page(key: str, value: object) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj[key] = value

    return change


def root(key: str, value: object) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.Root[key] = value

    return change


def painted(operators: bytes) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].contents_add(operators)

    return change


def link(key: str, value: object) -> Change:
    def change(pdf: Pdf) -> None:
        found = next(item for one in pdf.pages for item in one.obj.get("/Annots", ()))
        if value is None:
            del found[key]
        else:
            found[key] = value

    return change


def no_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def attached(pdf: Pdf) -> None:
    pdf.attachments["a.txt"] = b"a"


def elsewhere(pdf: Pdf) -> None:
    pdf.Root.Other = pdf.make_stream(b"", F=Dictionary(Type=Name.Filespec, F=String("a.bin")))


def old_packing(pdf: Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)
    pdf.Root.Other = stream


def postscript(pdf: Pdf) -> None:
    pdf.Root.Other = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.PS)


def smoothed(pdf: Pdf) -> None:
    image = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1}
    pdf.Root.Other = pdf.make_stream(b"\0", {**image, "/Interpolate": True})


def state(**keys: Name) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.Root.Other = Dictionary(
            {"/Type": Name.ExtGState, **{f"/{k}": v for k, v in keys.items()}}
        )

    return change


BROKEN: dict[str, tuple[str, Change]] = {
    "no intent": ("6.2.4.3", no_intent),
    "ink of a press": ("6.2.4.3", painted(b"\n0 0 0 1 k 0 0 1 1 re f")),
    "no operator": ("6.2.2", painted(b"\n1 1 zz")),
    "an intent that is none": ("6.2.6", painted(b"\n/Bright ri")),
    "a transfer curve": ("6.2.5", state(TR=Name.Identity)),
    "a blend that is none": ("6.2.10", state(BM=Name.Sparkle)),
    "a smoothed picture": ("6.2.8", smoothed),
    "a program that draws": ("6.2.9", postscript),
    "a film": ("6.3.1 6.3.3", link("/Subtype", Name.Movie)),
    "a link that is not printed": ("6.3.2", link("/F", None)),
    "a hidden link": ("6.3.2", link("/F", 6)),
    "a look that changes": ("6.3.3", link("/AP", Dictionary(R=Dictionary()))),
    "a form that is drawn anew": ("6.4.1", root("/AcroForm", Dictionary(NeedAppearances=True))),
    "a form of another kind": ("6.4.2", root("/AcroForm", Dictionary(XFA=Array([])))),
    "a script": ("6.5.1", root("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("x")))),
    "a program": ("6.5.1", link("/A", Dictionary(S=Name.Launch))),
    "a strange command": ("6.5.1", link("/A", Dictionary(S=Name.Named, N=Name.Print))),
    "something by itself": ("6.5.2", page("/AA", Dictionary())),
    "no part": ("6.6.4", xmp(b'pdfaid:part="2"', b"")),
    "another level": ("6.6.4", xmp(b'conformance="A"', b'conformance="B"')),
    "no schema": ("6.6.2.3", xmp(b"<pdfaSchema:namespaceURI>http", b"<pdfaSchema:namespaceURI>x")),
    "an attachment": ("6.8", attached),
    "a part elsewhere": ("6.1.7.1", elsewhere),
    "packed as of old": ("6.1.7.2", old_packing),
    "a long text": ("6.1.13", root("/Other", Array([String("a" * 40000)]))),
    "a huge page": ("6.1.13", page("/MediaBox", Array([0, 0, 20000, 20000]))),
    "steps": ("6.10", page("/PresSteps", Dictionary())),
    "a demand": ("6.11", root("/Requirements", Array([]))),
    "layers without a name": ("6.9", root("/OCProperties", Dictionary(D=Dictionary()))),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named(name: str, whole: bytes) -> None:  # noqa: F811
    clause, change = BROKEN[name]
    with Pdf.open(io.BytesIO(whole)) as pdf:
        change(pdf)
        assert {found.clause for found in failings(pdf)} == {*clause.split()}


def test_a_lock_is_named(whole: bytes) -> None:  # noqa: F811
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(whole)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="", R=4))
    assert clauses(out.getvalue()) == {"6.1.3"}


def test_preflight_tells_it_of_screen_files_and_of_what_claims_it(whole: bytes) -> None:  # noqa: F811
    told = [str(found) for found in preflight(broken(whole, no_intent))]
    assert any("A1 error: PDF/A-2a, 6.2.4.3: DeviceRGB is used" in line for line in told)
    assert not any("PDF/A-2a" in str(found) for found in preflight(whole))
