"""From the members' weights to the ONNX file: averaged, stored in eight bits, calibrated."""

import numpy as np
import torch

from news import calibrate, graph
from news.material import SIZES
from news.shipped import Shipped


def soup(states):
    """The plain mean of members' weights. They began at the same weights, so it is a model too."""
    return {name: sum(it[name].double() for it in states).div(len(states)).float() for name in states[0]}


def held_out_ids(material, task):
    return [material.ids.of(row.text) for row in material.held_out[task]]


def uncalibrated(material, weights):
    """Logits of the eight-bit model on the held-out rows of each task."""
    session = Shipped(graph.written(weights).SerializeToString())
    return {task: session.logits(held_out_ids(material, task))[task] for task in SIZES}


def calibrations(material, logits):
    rows = material.held_out
    return {task: calibrate.fitted(logits[task], [it.label for it in rows[task]], task) for task in SIZES}


def calibrated(weights, found):
    """The weights with each task's calibration in its head."""
    changed = dict(weights)
    for task, it in found.items():
        changed[f"{task}.weight"] = weights[f"{task}.weight"] / np.float32(it.temperature)
        changed[f"{task}.bias"] = weights[f"{task}.bias"] / np.float32(it.temperature) + it.bias
    return changed


def differences(material, weights, raw, found):
    """How far eight bits are from f32 on the held-out rows: largest logit difference, decisions that flip.

    `raw` holds the eight-bit model's logits before the calibrations `found`.
    """
    whole, told = Shipped(graph.written(weights, eight=False).SerializeToString()), {}
    for task in SIZES:
        there = found[task].applied(whole.logits(held_out_ids(material, task))[task])
        here = found[task].applied(raw[task])
        flips = (here.argmax(1) != there.argmax(1)).mean()
        told[task] = {"largest": float(np.abs(here - there).max()), "flips": float(flips)}
    return told


def state_of(path):
    return torch.load(path, weights_only=True)
