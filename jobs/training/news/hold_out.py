"""Writes the held-out tenth, so that other programs can be measured on it: --data FOLDER --out FOLDER.

`sentiment.csv` and `topic.csv` have the header `text,label`; texts are cleaned. Neither PyTorch nor weights are
needed.
"""

import argparse
import csv
from pathlib import Path

from news import texts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, type=Path, help="holds twitter_financial and twitter_topic")
    parser.add_argument("--out", required=True, type=Path, help="gets the files")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for task, rows in texts.loaded(options.data, texts.SPLIT_SEED).items():
        write(options.out / f"{task}.csv", texts.split(rows)[1])


def write(path, rows):
    """Rows in their order; the same bytes on every machine."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["text", "label"])
        lines.writerows([row.text, row.label] for row in rows)


if __name__ == "__main__":
    main()
