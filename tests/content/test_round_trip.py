"""YAML that people wrote, changed and written again."""

import datetime
import io

from foldwell.content.round_trip import round_trip_yaml

TEXT = """\
# Who answers.
name: "Riverside"   # as on the door
hours:
  - 'Mon-Fri 9-5'
  - Sat 9-1
note: >-
  Ring twice.
"""


def _written(text: str, **more: object) -> str:
    yaml = round_trip_yaml()
    facts = yaml.load(text)
    facts.update(more)
    out = io.StringIO()
    yaml.dump(facts, out)
    return out.getvalue()


def test_what_people_wrote_stays_as_it_was() -> None:
    assert _written(TEXT) == TEXT


def test_a_long_text_is_one_line_and_what_stands_twice_is_written_twice() -> None:
    day, long = datetime.date(2026, 2, 1), " ".join(["word"] * 300)
    assert _written(TEXT, said=long, first=day, last=day) == (
        f"{TEXT}said: {long}\nfirst: 2026-02-01\nlast: 2026-02-01\n"
    )
