"""Figures: accuracy, F1, calibration error, and the veto by topics of danger. Plain numpy."""

import numpy as np

from news import labels


def softmax(logits):
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def confusion(truth, said, size):
    """Counts by truth (row) and answer (column)."""
    table = np.zeros((size, size), dtype=np.int64)
    np.add.at(table, (np.asarray(truth), np.asarray(said)), 1)
    return table


def f1_by_label(table):
    right = np.diag(table).astype(float)
    return 2 * right / np.maximum(table.sum(0) + table.sum(1), 1)


def plain(truth, said, size):
    """Accuracy, macro-F1 over the labels that occur, and weighted F1."""
    table = confusion(truth, said, size)
    by_label, support = f1_by_label(table), table.sum(1)
    return {
        "accuracy": float(np.diag(table).sum() / table.sum()),
        "macro_f1": float(by_label[support > 0].mean()),
        "weighted_f1": float((by_label * support).sum() / support.sum()),
    }


def calibration(truth, shares, bins=15):
    """Expected calibration error of the winning label, and (confidence, accuracy, count) of each bin."""
    said, sure = shares.argmax(1), shares.max(1)
    right = said == np.asarray(truth)
    place = np.minimum((sure * bins).astype(int), bins - 1)
    rows = []
    for number in range(bins):
        chosen = place == number
        if chosen.any():
            rows.append((float(sure[chosen].mean()), float(right[chosen].mean()), int(chosen.sum())))
    error = sum(count * abs(confidence - accuracy) for confidence, accuracy, count in rows) / len(right)
    return float(error), rows


def danger(topic_shares):
    """The summed probability of the topics of danger."""
    return topic_shares[:, labels.DANGER].sum(axis=1)


def is_danger(topics):
    return np.isin(np.asarray(topics), labels.DANGER)


def veto(topics, score, threshold):
    """Recall of news of danger, and the share of other news that is vetoed all the same."""
    wanted, said = is_danger(topics), score >= threshold
    return {"recall": float(said[wanted].mean()), "false_vetoes": float(said[~wanted].mean())}


def recall_threshold(topics, score, recall):
    """The highest threshold that keeps this recall."""
    wanted = np.sort(score[is_danger(topics)])
    return float(wanted[int(np.floor((1 - recall) * len(wanted) + 1e-9))])


def false_veto_threshold(topics, score, share):
    """The lowest threshold with no larger share of false vetoes."""
    others = np.sort(score[~is_danger(topics)])[::-1]
    return float(np.nextafter(others[int(np.floor(share * len(others) + 1e-9))], np.float32(2)))


def veto_threshold(topics, score, recall, share):
    """The threshold that ships: enough recall if it costs no more false vetoes than allowed, else those."""
    return max(recall_threshold(topics, score, recall), false_veto_threshold(topics, score, share))
