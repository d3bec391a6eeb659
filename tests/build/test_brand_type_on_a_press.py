"""Words in the fonts of a brand, in a file for a print shop."""

import io
import shutil
from pathlib import Path

from brand_files import font, write_brand
from conftest import TODAY, compose_and_make
from pikepdf import Dictionary, Pdf

from foldwell.build.job import Options, Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.content.library import read_library

BRAND = """color: {primary: "#0f5c73"}
typography:
  fonts:
    - {family: Own, source: file, files: [r.ttf, b.ttf]}
  base: Own
  headings: Own
"""


def test_the_fonts_of_a_brand_are_embedded_in_a_press_file(project: Path) -> None:
    """As X1 and X9 ask; what the preflight finds would fail the job."""
    shutil.rmtree(project / "content/brands/riverside")
    write_brand(project, "riverside", BRAND, {"r.ttf": font(400), "b.ttf": font(700)})
    (project / "content/build.yml").write_text("runs:\n  - formats: {a4: [press]}\n")
    library = read_library(project, TODAY)
    assert not library.broken
    asked = Selection(formats=("a4",), media=("press",))
    (job,) = [
        one
        for one in make_plan(library, asked, TODAY, Options(draft=True)).jobs
        if one.order.leaflet == "sleep"
    ]
    made = compose_and_make(job)
    assert isinstance(made, Made), made
    assert not [line for line in map(str, made.findings) if " error" in line or "X1" in line]
    embedded = set()
    with Pdf.open(io.BytesIO(made.content)) as pdf:
        for item in pdf.objects:
            if isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor":
                assert "/FontFile2" in item or "/FontFile3" in item, item
                embedded.add(str(item.FontName).partition("+")[2])
    assert {name for name in embedded if name.startswith("Own")} >= {"Own", "Own-Bold"}, embedded
