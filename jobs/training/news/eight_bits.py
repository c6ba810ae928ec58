"""Weights stored in eight bits: whole numbers from -127 to 127 and one scale for each row or column."""

import numpy as np

SHRINKS = np.linspace(1.0, 0.7, 13)


def stored(weight, axis):
    """Eight-bit values and f32 scales of a matrix; `axis` is the one along which a scale is shared.

    The scale is the one of a few shrunken ranges that leaves the least squared error.
    """
    weight = np.asarray(weight, dtype=np.float32)
    widest = np.maximum(np.abs(weight).max(axis=axis, keepdims=True), 1e-12)
    best = np.full_like(widest, np.inf)
    scale = widest / 127
    for shrink in SHRINKS:
        trial = (widest * shrink / 127).astype(np.float32)
        error = ((_rounded(weight, trial) * trial - weight) ** 2).sum(axis=axis, keepdims=True)
        better = error < best
        scale = np.where(better, trial, scale)
        best = np.where(better, error, best)
    scale = scale.astype(np.float32)
    return _rounded(weight, scale).astype(np.int8), scale


def restored(weight, axis):
    """The matrix as it comes back from eight bits."""
    values, scale = stored(weight, axis)
    return values.astype(np.float32) * scale


def _rounded(weight, scale):
    return np.clip(np.rint(weight / scale), -127, 127)
