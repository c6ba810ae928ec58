"""The files that ship beside the model, and what they say about it."""

import hashlib
import json
from pathlib import Path

from news import cases, labels, texts
from news.cleaning import cleaned
from news.material import BASE
from news.tokens import MAX_TOKENS

NAME, VERSION = "countersign-news", "1"

NOTICE = """The news model of Countersign

model.onnx was trained by jobs/training of this project. It is derived from and contains work of others:

all-MiniLM-L6-v2 (weights, vocabulary and tokenizer), by the authors of sentence-transformers,
after MiniLM-L6-H384-uncased by Nils Reimers and MiniLM by Microsoft.
Revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41 of sentence-transformers/all-MiniLM-L6-v2,
model.safetensors with sha256 {base}.
Licensed under the Apache License, Version 2.0, of which LICENSE-APACHE of this project is a copy.
Changes: all weights were trained further, two heads were added, weights are stored in eight bits,
and the tokenizer's truncation and padding were turned off.

Trained on two sets of labelled texts under the MIT licence, of which no text is contained:
twitter-financial-news-sentiment and twitter-financial-news-topic, by zeroshot.

The MIT License of these sets: Permission is hereby granted, free of charge, to any person obtaining a
copy of this software and associated documentation files (the "Software"), to deal in the Software
without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions: The above copyright notice and this permission
notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED
"AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT,
TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
IN THE SOFTWARE.
"""


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def cleaning_cases(ids):
    return [{"raw": raw, "cleaned": cleaned(raw), "ids": ids.of(cleaned(raw))} for raw in cases.RAW]


def description(model, tokenizer, threshold, figures):
    """What `model.json` says."""
    return {
        "name": NAME,
        "version": VERSION,
        "base": {
            "name": "sentence-transformers/all-MiniLM-L6-v2",
            "revision": "1110a243fdf4706b3f48f1d95db1a4f5529b4d41",
            "licence": "Apache-2.0",
            "sha256": BASE,
        },
        "sha256": {"model.onnx": sha256(model), "tokenizer.json": sha256(tokenizer)},
        "labels": {"sentiment": labels.SENTIMENT, "topic": labels.TOPIC},
        "max_tokens": MAX_TOKENS,
        "veto": {"topics": [labels.TOPIC[it] for it in labels.DANGER], "threshold": threshold},
        "training_data": {name: hashed for name, hashed in texts.TRAINING.values()},
        "figures": figures,
    }


def write(out, model, tokenizer, ids, told):
    """Writes the whole folder; `told` is the threshold and the figures."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = tokenizer.encode("utf-8")
    (out / "model.onnx").write_bytes(model)
    (out / "tokenizer.json").write_bytes(tokenizer)
    _json(out / "model.json", description(model, tokenizer, *told))
    _json(out / "cleaning.json", cleaning_cases(ids))
    (out / "NOTICE").write_text(NOTICE.format(base=BASE), encoding="utf-8")


def _json(path, content):
    path.write_text(json.dumps(content, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
