"""What every step of the training works on: base weights, texts, token ids, and the words that are learned."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load

from news import encoder, labels, lessons, texts
from news.cleaning import cleaned
from news.member import Examples
from news.texts import SPLIT_SEED
from news.tokens import Ids, padded, tokenizer_text

BASE = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
# How much an answer of the teachers counts beside a label.
SOFT_WEIGHT = 0.5
SIZES = {"sentiment": len(labels.SENTIMENT), "topic": len(labels.TOPIC)}


@dataclass(frozen=True)
class Material:
    weights: dict
    tokenizer: str
    training: dict
    held_out: dict
    ids: Ids
    words: list

    def fresh_model(self, dropout):
        return encoder.from_base(self.weights, self.words, dropout)

    def named(self, state):
        """A member's state under the base's names, with the whole table of words."""
        return encoder.to_base(state, self.weights, self.words)

    def whole_model(self, state):
        """A model for every text, also with words that were not learned."""
        table = self.named(state)["embeddings.word_embeddings.weight"]
        model = encoder.Encoder(len(table), dropout=0.0)
        model.load_state_dict({**state, "words.weight": torch.from_numpy(table)})
        return model.eval()

    def examples(self, soft=None):
        """The rows to train on: labelled texts alone, or with what teachers say and made-up lessons.

        `soft` holds shares for the rows of `training_texts`, {task: rows x labels}; it counts where nobody
        labelled.
        """
        rows = [(task, row.label) for task in SIZES for row in self.training[task]]
        lines = self.training_texts()
        if soft is not None:
            made = lessons.made(SPLIT_SEED)
            lines = lines + [cleaned(text) for text, _ in made]
            rows = rows + [("sentiment", label) for _, label in made]
        tables = {task: _targets(rows, task, None if soft is None else soft[task]) for task in SIZES}
        words = {word: number for number, word in enumerate(self.words)}
        return Examples([[words[it] for it in self.ids.of(text)] for text in lines], **tables)

    def training_texts(self):
        return [row.text for task in SIZES for row in self.training[task]]


def _targets(rows, task, soft):
    """The targets of a task: certain where a row is labelled for it, else what teachers say, or nothing."""
    found = np.zeros((len(rows), SIZES[task]), dtype=np.float32)
    if soft is not None:
        found[: len(soft)] = SOFT_WEIGHT * soft
    for at, (labelled, label) in enumerate(rows):
        if labelled == task:
            found[at] = np.eye(SIZES[task], dtype=np.float32)[label]
    return found


def prepared(data, base):
    """Reads and checks everything. Held-out texts are never among those to train on."""
    weights = load(texts.checked(Path(base) / "model.safetensors", BASE))
    tokenizer = tokenizer_text(texts.checked(Path(base) / "tokenizer.json", TOKENIZER))
    rows = texts.loaded(data, SPLIT_SEED)
    parts = {task: texts.split(it) for task, it in rows.items()}
    training = {task: it[0] for task, it in parts.items()}
    held_out = {task: it[1] for task, it in parts.items()}
    ids = Ids(tokenizer)
    lines = [row.text for rows in training.values() for row in rows]
    lines += [cleaned(text) for text, _ in lessons.made(SPLIT_SEED)]
    used = {0, 100, 101, 102}.union(*map(ids.of, lines))
    return Material(weights, tokenizer, training, held_out, ids, sorted(used))


def logits(model, rows, batch=64):
    """Logits of both heads, {task: rows x labels}, for rows of token ids in their order."""
    order = np.argsort([len(it) for it in rows], kind="stable")
    found = {task: np.zeros((len(rows), size), dtype=np.float32) for task, size in SIZES.items()}
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(order), batch):
            chosen = order[at : at + batch]
            ids, mask = padded([rows[it] for it in chosen])
            for task, part in zip(SIZES, model(torch.from_numpy(ids), torch.from_numpy(mask))):
                found[task][chosen] = part.float().numpy()
    return found
