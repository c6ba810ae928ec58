"""The labelled texts: read, checked against their hashes, cleaned, grouped, and split."""

import csv
import gzip
import hashlib
import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from news import groups, labels
from news.cleaning import cleaned

# What the shipped model was trained on. Both sets are under the MIT licence.
TRAINING = {
    "sentiment": (
        "twitter_financial/sent_train.csv.gz",
        "12d4bdf90928fbf9c0b48ca9b13ed358bfcea7e679c181bca7ccc47c4ddc159d",
    ),
    "topic": (
        "twitter_topic/topic_train.csv.gz",
        "ae05790f4fca1e174dd666765a2b0cc5eaab646b4b55e8b11da56d0e9d561019",
    ),
}
# Which groups are held out.
SPLIT_SEED = 1
# Its licence forbids to ship what was trained on it: it is read for evaluation alone.
PHRASEBANK = {
    "AllAgree": "aad8a0a1eee944859823a3231e9d5558da6aad36f1e71af4127ed628da30101c",
    "75Agree": "f328d2ead7359342787a5ebb59e7763c15e51c0edb2b1f462a76da13e7171ffd",
    "66Agree": "aa8e5025643c964110cb3ab8a124ce3cd638b611880009612587034d5a30fdd2",
    "50Agree": "882de87e0897f00777c023f4afd9e06bcd334a4e858b6508a740b9f48285eef7",
}
PHRASEBANK_LABELS = {"negative": 0, "positive": 1, "neutral": 2}


@dataclass(frozen=True)
class Row:
    """A text with its label for one task; `group` holds its near-duplicates in both sets."""

    text: str
    label: int
    group: int
    held_out: bool


def checked(path, sha256):
    """The bytes of a file of which only this very content will do."""
    content = Path(path).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise SystemExit(f"{path} has sha256 {found}, and {sha256} is expected")
    return content


def loaded(folder, seed):
    """The rows of both tasks by name."""
    raw = {task: _labelled(folder, task) for task in TRAINING}
    texts = [text for rows in raw.values() for text, _ in rows]
    numbers = groups.grouped(texts)
    keys = {}
    for number, text in zip(numbers, texts):
        keys[number] = min(keys.get(number, text), text)
    held = {number: groups.is_held_out(key, seed) for number, key in keys.items()}
    numbers = iter(numbers)
    return {
        task: [Row(text, label, number, held[number]) for (text, label), number in zip(rows, numbers)]
        for task, rows in raw.items()
    }


def split(rows):
    """Rows to train on, without repetitions, and held-out rows as they are."""
    labelled = defaultdict(Counter)
    first = {}
    for row in rows:
        if not row.held_out:
            key = row.text.lower()
            labelled[key][row.label] += 1
            first.setdefault((key, row.label), row)
    training = [first[key, counts.most_common(1)[0][0]] for key, counts in labelled.items()]
    return training, [row for row in rows if row.held_out]


def phrasebank(folder, level):
    """Sentences and labels of one level of agreement."""
    path = Path(folder) / "phrasebank" / f"Sentences_{level}.txt.gz"
    content = gzip.decompress(checked(path, PHRASEBANK[level])).decode("latin-1")
    lines = [line.rsplit("@", 1) for line in content.splitlines() if line.strip()]
    return [(cleaned(text), PHRASEBANK_LABELS[label.strip()]) for text, label in lines]


def _labelled(folder, task):
    name, sha256 = TRAINING[task]
    content = gzip.decompress(checked(Path(folder) / name, sha256)).decode("utf-8")
    highest = len(labels.SENTIMENT if task == "sentiment" else labels.TOPIC)
    rows = []
    for row in csv.DictReader(io.StringIO(content, newline="")):
        label = int(row["label"])
        if not 0 <= label < highest:
            raise SystemExit(f"{name}: label {label} is unknown")
        rows.append((cleaned(row["text"]), label))
    return rows
