"""The pictures of the report."""

import json

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot

from news import labels

COLOURS = ["#1b6ca8", "#d1495b", "#3a7d44", "#8d6a9f"]


def _saved(figure, path):
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None})
    pyplot.close(figure)


def _lines(folder):
    return [json.loads(it) for it in (folder / "log.jsonl").read_text("utf-8").splitlines()]


def curves(folders, path):
    """Loss by step, and held-out accuracy and F1 by pass, of every member."""
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4.2))
    last = 1
    for folder, colour in zip(folders, COLOURS):
        rows = _lines(folder)
        steps = [row for row in rows if "loss" in row]
        passes = [row for row in rows if "pass" in row]
        left.plot([row["step"] for row in steps], [row["loss"] for row in steps], color=colour, label=folder.name)
        at = [row["pass"] for row in passes]
        for task, style in (("sentiment", "-"), ("topic", "--")):
            values = [row[task]["accuracy"] for row in passes]
            right.plot(at, values, style, marker="o", color=colour, label=f"{folder.name}, {task}")
        last = max(last, *at)
    right.set_xticks(range(1, last + 1))
    left.set(xlabel="step", ylabel="training loss (mean of 50 steps)", title="Loss", yscale="log")
    right.set(xlabel="pass", ylabel="accuracy on the held-out tenth", title="Held-out accuracy, averaged weights")
    left.legend()
    right.legend(fontsize=8)
    for axes in (left, right):
        axes.grid(alpha=0.3)
    _saved(figure, path)


def confusion(table, names, path, title):
    size = len(names)
    side = 4.2 if size < 5 else 11
    figure, axes = pyplot.subplots(figsize=(side + 1, side))
    shares = [[cell / max(1, sum(row)) for cell in row] for row in table]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row in range(size):
        for column in range(size):
            if table[row][column]:
                ink = "white" if shares[row][column] > 0.5 else "black"
                axes.text(column, row, table[row][column], ha="center", va="center", color=ink, fontsize=8)
    axes.set_xticks(range(size), names, rotation=60 if size > 5 else 0, ha="right" if size > 5 else "center")
    axes.set_yticks(range(size), names)
    axes.set(xlabel="the model says", ylabel="labelled", title=title)
    _saved(figure, path)


def reliability(found, path):
    """Confidence against accuracy for both heads; the dots are as large as the bins are full."""
    figure, both = pyplot.subplots(1, 2, figsize=(10, 4.6))
    for axes, task in zip(both, ("sentiment", "topic")):
        rows = found[task]["reliability"]
        axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
        sizes = [10 + 400 * row[2] / found[task]["rows"] for row in rows]
        axes.scatter([row[0] for row in rows], [row[1] for row in rows], s=sizes, color=COLOURS[0], alpha=0.7)
        error = found[task]["calibration_error"]
        axes.set(xlabel="probability", ylabel="share that is right", title=f"{task}: calibration error {error:.3f}")
        axes.grid(alpha=0.3)
    _saved(figure, path)


def veto(found, path):
    figure, axes = pyplot.subplots(figsize=(5.6, 4.2))
    rows = found["veto"]["curve"]
    false = [100 * row["false_vetoes"] for row in rows]
    axes.plot(false, [row["recall"] for row in rows], marker="o", color=COLOURS[0], label="threshold on the same rows")
    mine = found["veto"]
    axes.scatter([100 * mine["false_vetoes"]], [mine["recall"]], color=COLOURS[1], label="threshold of other folds", zorder=3)
    axes.axhline(0.98, color="grey", linewidth=1)
    axes.axvline(6, color="grey", linewidth=1)
    axes.set(xlabel="false vetoes in %", ylabel="recall of news of danger", title="Veto, held-out tenth")
    axes.legend(loc="lower right")
    axes.grid(alpha=0.3)
    _saved(figure, path)


def all_of(figures, folders, out):
    curves(folders, out / "curves.png")
    for task, names in (("sentiment", labels.SENTIMENT), ("topic", labels.TOPIC)):
        confusion(figures["held_out"][task]["confusion"], names, out / f"confusion_{task}.png", f"Held-out tenth, {task}")
    reliability(figures["held_out"], out / "reliability.png")
    veto(figures["held_out"], out / "veto.png")
