"""From cleaned texts to token ids and padded batches."""

import json

import numpy as np
from tokenizers import Tokenizer

MAX_TOKENS = 64
SEPARATOR = 102


def tokenizer_text(content):
    """The base's tokenizer as it ships: without truncation and padding, which the caller does."""
    content = json.loads(content)
    content["truncation"] = content["padding"] = None
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


class Ids:
    """Token ids of cleaned texts: at most 64, and the last is always the separator."""

    def __init__(self, tokenizer):
        self.tokenizer = Tokenizer.from_str(tokenizer)

    def of(self, text):
        ids = self.tokenizer.encode(text).ids
        return ids if len(ids) <= MAX_TOKENS else ids[: MAX_TOKENS - 1] + [SEPARATOR]


def padded(rows, length=None):
    """Ids and mask of some rows as two matrices of whole numbers."""
    length = length or max(map(len, rows))
    ids = np.zeros((len(rows), length), dtype=np.int64)
    mask = np.zeros_like(ids)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return ids, mask


def batches_by_length(lengths, size, random):
    """Indices in batches of about the same length, in random order; lengths are blurred by a token or two."""
    blurred = np.asarray(lengths) + random.uniform(0, 2, len(lengths))
    order = np.argsort(blurred, kind="stable")
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    return [batches[at] for at in random.permutation(len(batches))]
