"""How the shipped formats are folded, in steps that people follow."""

from __future__ import annotations

FOLD_STEPS = {
    "bifold": ("once_title_outside",),
    "bilingual-fold": ("once_title_outside",),
    "letter-fold": ("lay_title_left", "right_third", "left_third_title"),
    "z-fold": ("lay_title_left", "z_left", "z_right"),
    "gate-fold": ("lay_title", "doors"),
    "roll-fold-4": ("lay_title_left", "right_quarter", "left_quarter"),
    "bifold-one-side": ("once_words_inside",),
    "letter-fold-one-side": ("lay_words_up", "right_third", "left_third"),
    "mini-booklet": ("all_dashed", "cut", "along_length", "push_cross", "leaves_together"),
    "french-fold": ("lay_title_corner", "upper_half", "left_half"),
    "poster-fold": ("lay_poster", "upper_half", "left_half"),
    "booklet": ("sheets_in_order", "staple_twice"),
}
"""The words of the catalogues, by format; a format in its larger size is folded alike."""
