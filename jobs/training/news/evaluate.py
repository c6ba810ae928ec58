"""All figures of the report, from the model as it ships."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np

from news import calibrate, labels, measures, texts
from news.cleaning import cleaned
from news.material import SIZES

SURE = (0.5, 0.7, 0.8, 0.9, 0.95)
RECALL, FALSE_VETOES = 0.98, 0.06


def held_out(material, raw):
    """Figures of both heads on the held-out tenth; `raw` holds logits before calibration."""
    found = {}
    for task, size in SIZES.items():
        rows = material.held_out[task]
        truth = np.array([row.label for row in rows])
        groups = [row.group for row in rows]
        crossed = calibrate.cross_fitted(raw[task], truth, groups, task)
        shares = measures.softmax(crossed)
        error, bins = measures.calibration(truth, shares)
        said = shares.argmax(1)
        table = measures.confusion(truth, said, size)
        found[task] = {
            "rows": len(rows),
            "before_calibration": _plain(truth, raw[task], size),
            **measures.plain(truth, said, size),
            "calibration_error": error,
            "reliability": bins,
            "confusion": table.tolist(),
            "f1_by_label": measures.f1_by_label(table).tolist(),
            "sure": _sure(truth, shares),
            "alone": _alone(material, task, said == truth),
            "standard_error": float(np.sqrt(np.mean(said == truth) * np.mean(said != truth) / len(rows))),
        }
        if task == "topic":
            found["veto"] = _veto(truth, measures.danger(shares), groups)
    return found


def _plain(truth, logits, size):
    error, _ = measures.calibration(truth, measures.softmax(logits))
    return {**measures.plain(truth, logits.argmax(1), size), "calibration_error": error}


def _alone(material, task, right):
    """How many texts of the whole set have no near-duplicate, and how well those of the held-out tenth do."""
    rows = material.training[task] + material.held_out[task]
    count = Counter(row.group for row in rows)
    single = np.array([count[row.group] == 1 for row in material.held_out[task]])
    return {
        "share": sum(it == 1 for it in count.values()) / len(rows),
        "accuracy": float(right[single].mean()),
        "accuracy_of_others": float(right[~single].mean()),
    }


def _sure(truth, shares):
    """How many answers are at least so sure, and how many of those are right."""
    rows = []
    for least in SURE:
        chosen = shares.max(1) >= least
        right = (shares.argmax(1) == truth)[chosen]
        rows.append({"least": least, "share": float(chosen.mean()), "accuracy": float(right.mean())})
    return rows


def _veto(truth, score, groups):
    """The veto with a threshold from the other folds, and the whole trade of recall against false vetoes."""
    place, said = calibrate.folds(groups), np.zeros(len(truth), dtype=bool)
    for number in range(calibrate.FOLDS):
        mine = place == number
        said[mine] = score[mine] >= measures.veto_threshold(truth[~mine], score[~mine], RECALL, FALSE_VETOES)
    curve = []
    for recall in (0.90, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 1.0):
        threshold = measures.recall_threshold(truth, score, recall)
        curve.append({"wanted": recall, "threshold": threshold, **measures.veto(truth, score, threshold)})
    missed = ~said & measures.is_danger(truth)
    return {
        "rows": int(measures.is_danger(truth).sum()),
        **measures.veto(truth, said.astype(float), 0.5),
        "missed_by_topic": {labels.TOPIC[it]: int((missed & (truth == it)).sum()) for it in labels.DANGER},
        "curve": curve,
    }


def phrasebank(data, ids, session):
    """Figures on sentences of another kind, which were never trained on."""
    levels = {level: texts.phrasebank(data, level) for level in texts.PHRASEBANK}
    sentences = sorted({text for rows in levels.values() for text, _ in rows})
    answers = measures.softmax(session.logits([ids.of(it) for it in sentences])["sentiment"])
    answer_of = dict(zip(sentences, answers))
    found = {}
    for level, rows in levels.items():
        truth = np.array([label for _, label in rows])
        shares = np.stack([answer_of[text] for text, _ in rows])
        error, _ = measures.calibration(truth, shares)
        size = SIZES["sentiment"]
        table = measures.confusion(truth, shares.argmax(1), size)
        signs = (truth != 2) & (shares.argmax(1) != 2)
        found[level] = {
            "rows": len(rows),
            **measures.plain(truth, shares.argmax(1), size),
            "calibration_error": error,
            "confusion": table.tolist(),
            "wrong_sign": float((shares.argmax(1) != truth)[signs].mean()),
        }
    return found


def golden(path, ids, session):
    """The hand-written traps with what the model says; the file is written anew with the answers."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        rows = [{key: row[key] for key in ("text", "expected", "trap")} for row in csv.DictReader(file)]
    answers = session.logits([ids.of(cleaned(row["text"])) for row in rows])
    shares = measures.softmax(answers["sentiment"])
    topics = answers["topic"].argmax(1)
    for row, share, topic in zip(rows, shares, topics):
        row["says"] = labels.SENTIMENT[int(share.argmax())]
        row["sure"] = f"{share.max():.2f}"
        row["topic"] = labels.TOPIC[int(topic)]
        row["known_wrong"] = "yes" if row["says"] != row["expected"] else ""
    return rows


def write_rows(path, rows):
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
