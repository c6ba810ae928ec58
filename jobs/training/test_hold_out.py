import csv
import tempfile
import unittest
from pathlib import Path

from news.hold_out import write
from news.texts import Row


class HoldOut(unittest.TestCase):
    def test_what_is_written_reads_as_the_same_rows(self):
        rows = [Row('Acme, "up" 3 %', 1, 0, True), Row("Acme falls \N{CHART WITH DOWNWARDS TREND}", 0, 1, True)]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "set.csv"
            write(path, rows)
            with path.open(encoding="utf-8", newline="") as file:
                found = [(row["text"], int(row["label"])) for row in csv.DictReader(file)]
            self.assertNotIn(b"\r", path.read_bytes())
        self.assertEqual(found, [(row.text, row.label) for row in rows])


if __name__ == "__main__":
    unittest.main()
