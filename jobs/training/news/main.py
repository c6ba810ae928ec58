"""The whole training: teachers, students, their mean, eight bits, calibration, report.

`jobs/training/run --data FOLDER --base FOLDER --out FOLDER` makes its environment and calls this.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import torch

from news import bake, contract, evaluate, graph, measures, pictures, recipes, report
from news.material import logits, prepared
from news.shipped import Shipped

HERE = Path(__file__).parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, type=Path, help="holds twitter_financial, twitter_topic, phrasebank")
    parser.add_argument("--base", required=True, type=Path, help="holds model.safetensors and tokenizer.json")
    parser.add_argument("--out", required=True, type=Path, help="gets everything; an interrupted run goes on here")
    parser.add_argument("--at-once", type=int, default=2, help="members trained at the same time, a core each")
    parser.add_argument("--check", action="store_true", help="only begin members of --out again and compare")
    options = parser.parse_args()
    if options.check:
        raise SystemExit(checked(options))
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    material = prepared(options.data, options.base)
    teachers = members("teacher", options)
    if not (options.out / "soft.npz").exists():
        taught(material, teachers, options.out)
    students = members("student", options)
    figures = finished(material, students, options)
    pictures.all_of(figures, teachers + students, folder(options.out / "report"))
    (options.out / "report" / "report.md").write_text(report.written(figures), encoding="utf-8")


def checked(options):
    """Begins the first member of each stage twice anew; tells what differs from each other or from the log."""
    for stage, (seed, *_) in recipes.SEEDS.items():
        name = f"{stage}-{seed}"
        command = [*member_command(stage, seed, options), "--first", "50"]
        found = [subprocess.check_output(command, cwd=HERE, env=alone(), text=True).split() for _ in range(2)]
        logged = log(options.out / name)[0]["loss"]
        print(f"{name}: loss of 50 steps {found[0][0]}, weights {found[0][1]}", flush=True)
        if found[0] != found[1] or float(found[0][0]) != logged:
            return f"{name} differs: {found[1]}, and the log has a loss of {logged}"


def members(stage, options):
    """Trains all members of a stage that are not trained yet; answers their folders."""
    folders = [options.out / f"{stage}-{seed}" for seed in recipes.SEEDS[stage]]
    waiting = [it for it in folders if not (it / "averaged.pt").exists()]
    running = []
    while waiting or running:
        while waiting and len(running) < options.at_once:
            running.append(start(stage, waiting.pop(0), options))
        ended = [it for it in running if it.poll() is not None]
        if any(it.returncode for it in ended):
            raise SystemExit(f"a {stage} failed")
        running = [it for it in running if it not in ended]
        time.sleep(1)
    return folders


def start(stage, out, options):
    seed = out.name.rsplit("-", 1)[1]
    return subprocess.Popen(member_command(stage, seed, options), cwd=HERE, env=alone())


def member_command(stage, seed, options):
    command = [sys.executable, "-m", "news.train_member", "--stage", stage, "--seed", str(seed)]
    return [*command, "--data", options.data.resolve(), "--base", options.base.resolve(), "--out", options.out.resolve()]


def alone():
    """The environment of a member: one thread, or sums come in another order."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"}


def taught(material, folders, out):
    """Writes the mean of the teachers, where students begin, and what it says of every text to train on."""
    state = bake.soup([bake.state_of(it / "averaged.pt") for it in folders])
    torch.save(state, out / "teacher.pt")
    rows = [material.ids.of(text) for text in material.training_texts()]
    answers = logits(material.whole_model(state), rows)
    np.savez(out / "soft.npz", **{task: measures.softmax(it) for task, it in answers.items()})


def finished(material, folders, options):
    """Writes the shipped files and answers all figures."""
    states = [bake.state_of(it / "averaged.pt") for it in folders]
    weights = material.named(bake.soup(states))
    raw = bake.uncalibrated(material, weights)
    np.savez(options.out / "held_out_logits.npz", **raw)
    found = bake.calibrations(material, raw)
    baked = bake.calibrated(weights, found)
    model = graph.written(baked).SerializeToString()
    session = Shipped(model)
    figures = {
        "held_out": evaluate.held_out(material, raw),
        "phrasebank": evaluate.phrasebank(options.data, material.ids, session),
        "eight_bits": bake.differences(material, weights, raw, found),
        "calibrations": {task: {"temperature": it.temperature, "bias": it.bias.tolist()} for task, it in found.items()},
        "rows": {
            part: {task: len(rows) for task, rows in getattr(material, part).items()} for part in ("training", "held_out")
        },
        "bytes": len(model),
        "members": {it.name: spent(it) for it in folders[0].parent.glob("*-*") if (it / "log.jsonl").exists()},
        "machine": {"python": platform.python_version(), "torch": torch.__version__},
    }
    golden = evaluate.golden(HERE / "golden.csv", material.ids, session)
    evaluate.write_rows(options.out / "golden.csv", golden)
    figures["golden"] = golden
    threshold = veto_threshold(material, raw, found)
    figures["veto_threshold"] = threshold
    contract.write(options.out / "news", model, material.tokenizer, material.ids, (threshold, short(figures)))
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures


def veto_threshold(material, raw, found):
    """The threshold of the held-out tenth, rounded up to four digits."""
    topics = [row.label for row in material.held_out["topic"]]
    score = measures.danger(measures.softmax(found["topic"].applied(raw["topic"])))
    found = measures.veto_threshold(topics, score, evaluate.RECALL, evaluate.FALSE_VETOES)
    return float(np.ceil(1e4 * found) / 1e4)


def short(figures):
    """The figures that go into `model.json`."""
    names = ("rows", "accuracy", "macro_f1", "weighted_f1", "calibration_error", "standard_error")
    found = {
        task: {name: round(figures["held_out"][task][name], 4) for name in names} for task in ("sentiment", "topic")
    }
    veto = figures["held_out"]["veto"]
    found["veto"] = {name: round(veto[name], 4) for name in ("recall", "false_vetoes")}
    levels = figures["phrasebank"].items()
    found["phrasebank"] = {level: round(it["accuracy"], 4) for level, it in levels}
    return found


def log(folder):
    """The rows of a member's log: losses every 50 steps, and after each pass the figures on the held-out tenth."""
    return [json.loads(line) for line in (folder / "log.jsonl").read_text("utf-8").splitlines()]


def spent(it):
    """Seconds of wall clock and processor that a member took; what came before an interruption included."""
    rows = log(it)
    total = {"seconds": 0.0, "cpu": 0.0}
    for row, after in zip(rows, rows[1:]):
        if "seconds" in row and "pass" in after:
            total = {name: total[name] + row[name] for name in total}
    return {name: round(value) for name, value in total.items()}


def folder(path):
    path.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    main()
