"""Trains one member in a process of its own: `python -m news.train_member --data .. --stage teacher --seed 1`."""

import argparse
from pathlib import Path

import numpy as np
import torch

from news import measures, recipes
from news.material import SIZES, logits, prepared
from news.member import beginning, train


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--data", "--base", "--out", "--stage"):
        parser.add_argument(name, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--first", type=int, help="only so many steps; prints their mean loss and a hash")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.use_deterministic_algorithms(True)
    material = prepared(options.data, options.base)
    recipe = recipes.of(options.stage, options.seed)
    model, folder = material.fresh_model(recipe.dropout), Path(options.out) / f"{options.stage}-{options.seed}"
    soft = None
    if options.stage == "student":
        model.load_state_dict(torch.load(Path(options.out) / "teacher.pt", weights_only=True))
        soft = dict(np.load(Path(options.out) / "soft.npz"))
    examples = material.examples(soft)
    if options.first:
        print(*beginning(recipe, model, examples, options.first))
        return
    averaged = train(recipe, model, examples, folder, lambda it: _figures(material, it))
    torch.save(averaged, folder / "averaged.pt")


def _figures(material, state):
    """Figures on the held-out rows, for the curves; nothing is chosen by them."""
    model, found = material.whole_model(state), {}
    for task, size in SIZES.items():
        rows = material.held_out[task]
        answers = logits(model, [material.ids.of(row.text) for row in rows])[task]
        truth = [row.label for row in rows]
        found[task] = measures.plain(truth, answers.argmax(1), size)
        if task == "topic":
            score = measures.danger(measures.softmax(answers))
            found["veto"] = measures.veto(truth, score, measures.recall_threshold(truth, score, 0.98))
    return found


if __name__ == "__main__":
    main()
