"""The usual sequences of folds, for a format that states none."""

from __future__ import annotations

from dataclasses import replace

from foldwell.paper.folding import fold
from foldwell.paper.geometry import Fold, Geometry

_LEFT, _RIGHT = Fold("left", 1), Fold("right", 2)
_ACROSS = Fold("upper", 1)

USUAL: dict[tuple[int, int], tuple[tuple[Fold, ...], ...]] = {
    (1, 0): ((_LEFT,),),
    (0, 1): ((_ACROSS,),),
    (2, 0): (
        (_RIGHT, _LEFT),  # letter and gate fold
        (_LEFT, _RIGHT),
        (Fold("right", 2, "behind"), _LEFT),  # zigzag
        (Fold("left", 1, "behind"), _RIGHT),
    ),
    (3, 0): (
        (Fold("right", 3), _RIGHT, _LEFT),  # rolled
        (Fold("left", 1), Fold("left", 2), Fold("right", 3)),
        (Fold("left", 1), Fold("right", 3), Fold("left", 2)),  # double gate
        (Fold("right", 2), _LEFT),  # twice in half
        (Fold("right", 3, "behind"), _RIGHT, Fold("left", 1, "behind")),  # zigzag
        (Fold("right", 3), Fold("right", 2, "behind"), _LEFT),
    ),
    (1, 1): ((_ACROSS, _LEFT), (Fold("lower", 1), _LEFT), (_LEFT, _ACROSS)),
    (3, 1): ((_ACROSS, Fold("left", 2, "push")),),
}
"""By the number of upright and lying creases; the first is the commonest."""


def usual_folds(geometry: Geometry) -> Geometry:
    """A geometry with a sequence of folds: its own, or the usual one that its panels allow.

    Where none can be done, it gets the commonest, so that what is wrong can be told.
    """
    upright, lying = geometry.creases_mm
    if geometry.folds or not (upright or lying):
        return geometry
    tried = [replace(geometry, folds=folds) for folds in USUAL.get((len(upright), len(lying)), ())]
    return next((made for made in tried if not fold(made).problems), (tried or [geometry])[0])
