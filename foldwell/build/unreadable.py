"""What is said of a file whose colours cannot be told apart; it needs no engine to say it."""

from __future__ import annotations

from foldwell.errors import FoldwellError
from foldwell.finding import WHOLE, Finding

ADJUST = (
    "Give the brand that colour, or write 'contrast: adjust' in its brand.yml; where a style sheet"
    " of the project sets it, correct it there."
)


def unreadable(finding: Finding) -> FoldwellError:
    """What a finding of colours that cannot be read says of a file."""
    where = f" on {finding.place}" if finding.place != WHOLE else ""
    hint = f"{finding.hint} {ADJUST}"
    return FoldwellError(f"{finding.rule}{where}: {finding.message}", None, hint)
