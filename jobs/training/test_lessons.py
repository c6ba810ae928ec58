import csv
import unittest
from pathlib import Path

import numpy as np

from news import lessons
from news.cleaning import cleaned
from news.material import _targets
from news.member import Examples, targets

GOLDEN = Path(__file__).parent / "golden.csv"


class Lessons(unittest.TestCase):
    def test_they_are_the_same_for_a_seed_and_clean(self):
        made = lessons.made(1)
        self.assertEqual(made, lessons.made(1))
        self.assertNotEqual(made, lessons.made(2))
        self.assertEqual([cleaned(text) for text, _ in made], [text for text, _ in made])

    def test_no_sentence_of_the_golden_file_is_a_lesson(self):
        with GOLDEN.open(encoding="utf-8", newline="") as file:
            golden = [row["text"] for row in csv.DictReader(file)]
        self.assertGreaterEqual(len(set(golden)), 60)
        names = sorted(lessons.NAMES, key=len, reverse=True)
        patterns = {_bare(text, names) for text, _ in lessons.made(1)}
        self.assertEqual([it for it in golden if _bare(it, ["Acme", "Globex"]) in patterns], [])


class Targets(unittest.TestCase):
    def test_labels_come_before_what_teachers_say(self):
        rows = [("sentiment", 2), ("topic", 7), ("sentiment", 0)]
        soft = np.full((2, 3), 1 / 3, dtype=np.float32)
        found = _targets(rows, "sentiment", soft)
        np.testing.assert_allclose(found, [[0, 0, 1], [1 / 6, 1 / 6, 1 / 6], [1, 0, 0]], atol=1e-6)
        self.assertEqual(_targets(rows, "topic", None).sum(), 1)

    def test_only_labels_are_smoothed(self):
        tables = [np.array([[0, 0, 1], [0, 0, 0], [0.1, 0.2, 0.2]], dtype=np.float32)] * 2
        found = targets(Examples([], *tables), [0, 1, 2], 0.3)[0].numpy()
        np.testing.assert_allclose(found, [[0.1, 0.1, 0.8], [0, 0, 0], [0.1, 0.2, 0.2]], atol=1e-6)


def _bare(text, names):
    for name in names:
        text = text.replace(name, "")
    return "".join(it for it in text.lower() if it.isalpha())


if __name__ == "__main__":
    unittest.main()
