"""The encoder of MiniLM (BERT's layout, 6 layers of 384) with two linear heads on the mean of its tokens.

Parameters carry the names of the base file, so that loading and export are by name.
"""

import math

import torch
from torch import nn
from torch.nn import functional

from news import labels

LAYERS, HEADS, WIDTH, INNER = 6, 12, 384, 1536
EPSILON = 1e-12


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.mix_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = dropout

    def forward(self, value, penalty):
        def apart(part):
            rows, tokens, _ = part.shape
            return part.view(rows, tokens, HEADS, WIDTH // HEADS).transpose(1, 2)

        scores = apart(self.query(value)) @ apart(self.key(value)).transpose(2, 3)
        share = torch.softmax(scores / math.sqrt(WIDTH // HEADS) + penalty, dim=-1)
        mixed = (self._drop(share) @ apart(self.value(value))).transpose(1, 2)
        value = self.mix_norm(value + self._drop(self.mix(mixed.reshape(value.shape))))
        inner = self.down(functional.gelu(self.up(value)))
        return self.norm(value + self._drop(inner))

    def _drop(self, value):
        return functional.dropout(value, self.dropout, self.training)


class Encoder(nn.Module):
    """Logits of both heads from token ids and their mask."""

    def __init__(self, words, dropout=0.1):
        super().__init__()
        self.words = nn.Embedding(words, WIDTH)
        self.places = nn.Parameter(torch.zeros(512, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.sentiment = nn.Linear(WIDTH, len(labels.SENTIMENT))
        self.topic = nn.Linear(WIDTH, len(labels.TOPIC))
        self.dropout = dropout
        for head in (self.sentiment, self.topic):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)

    def forward(self, ids, mask):
        mask = mask.float()
        value = self.norm(self.words(ids) + self.places[: ids.shape[1]])
        value = functional.dropout(value, self.dropout, self.training)
        penalty = ((1 - mask) * -10000.0)[:, None, None, :]
        for layer in self.layers:
            value = layer(value, penalty)
        mean = (value * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return self.sentiment(mean), self.topic(mean)


PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mix": "attention.output.dense",
    "mix_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm": "output.LayerNorm",
}


def base_names():
    """Our parameter -> its name in the base file, for all that is there under one name."""
    names = {"words.weight": "embeddings.word_embeddings.weight"}
    for kind in ("weight", "bias"):
        names[f"norm.{kind}"] = f"embeddings.LayerNorm.{kind}"
        for index in range(LAYERS):
            for ours, theirs in PARTS.items():
                names[f"layers.{index}.{ours}.{kind}"] = f"encoder.layer.{index}.{theirs}.{kind}"
    return names


def from_base(weights, rows, dropout=0.1):
    """The encoder with the weights of the base, of whose word table only `rows` are kept.

    The embedding of the only token type is added to the places.
    """
    model = Encoder(len(rows), dropout)
    state = {ours: torch.tensor(weights[theirs]) for ours, theirs in base_names().items()}
    state["words.weight"] = state["words.weight"][torch.tensor(rows)]
    kind = torch.tensor(weights["embeddings.token_type_embeddings.weight"][0])
    state["places"] = torch.tensor(weights["embeddings.position_embeddings.weight"]) + kind
    missing, unexpected = model.load_state_dict(state, strict=False)
    heads = {"sentiment.weight", "sentiment.bias", "topic.weight", "topic.bias"}
    assert set(missing) == heads and not unexpected, (missing, unexpected)
    return model


def to_base(state, weights, rows):
    """The weights under the names of the base, in numpy; words outside `rows` stay the base's own."""
    named = {theirs: state[ours].float().numpy() for ours, theirs in base_names().items()}
    table = weights["embeddings.word_embeddings.weight"].copy()
    table[rows] = named["embeddings.word_embeddings.weight"]
    named["embeddings.word_embeddings.weight"] = table
    named["places"] = state["places"].float().numpy()
    for head in ("sentiment", "topic"):
        for kind in ("weight", "bias"):
            named[f"{head}.{kind}"] = state[f"{head}.{kind}"].float().numpy()
    return named
