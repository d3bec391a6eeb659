"""A bar chart as SVG."""

from __future__ import annotations

from collections.abc import Mapping

WIDTH, ROW, LABEL = 640, 26, 150


def bars(title: str, values: Mapping[str, float]) -> str:
    """Horizontal bars, in milliseconds and in percent of their sum.

    Args:
        title: The heading.
        values: Seconds by name.
    """
    total, largest = sum(values.values()), max(values.values())
    rows = []
    for number, (name, value) in enumerate(values.items()):
        y = 44 + number * ROW
        length = (WIDTH - LABEL - 150) * value / largest
        rows.append(
            f'<text x="{LABEL - 8}" y="{y + 14}" text-anchor="end">{name}</text>'
            f'<rect x="{LABEL}" y="{y}" width="{length:.1f}" height="{ROW - 8}" fill="#0f5c73"/>'
            f'<text x="{LABEL + length + 6:.1f}" y="{y + 14}">{value * 1000:.0f} ms,'
            f" {100 * value / total:.0f} %</text>"
        )
    height = 52 + len(values) * ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        ' font-family="sans-serif" font-size="13">'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
        f'<text x="16" y="24" font-size="16" font-weight="bold">{title}</text>'
        f"{''.join(rows)}</svg>\n"
    )
