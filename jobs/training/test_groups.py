import unittest

from news.groups import grouped, is_held_out
from news.texts import Row, split


class Groups(unittest.TestCase):
    def test_near_duplicates_share_a_group(self):
        texts = [
            "Acme shares fall ten percent after weak outlook on Monday",
            "Globex opens a new plant",
            "acme shares FALL ten percent after a weak outlook on Monday!",
        ]
        found = grouped(texts)
        self.assertEqual(found[0], found[2])
        self.assertNotEqual(found[0], found[1])

    def test_a_chain_is_one_group(self):
        texts = ["a b c d e f g h", "a b c d e f g x", "a b c d e f y x"]
        self.assertEqual(len(set(grouped(texts))), 1)
        self.assertNotEqual(*grouped([texts[0], texts[2]]))

    def test_every_pair_that_is_alike_is_found(self):
        random = __import__("random").Random(1)
        texts = [" ".join(random.sample("abcdefghij", random.randint(3, 8))) for _ in range(120)]
        found = grouped(texts)
        for left, first in enumerate(texts):
            for right, second in enumerate(texts):
                one, two = set(first.split()), set(second.split())
                if len(one & two) >= 0.7 * len(one | two):
                    self.assertEqual(found[left], found[right])

    def test_texts_without_a_word_are_one_group(self):
        self.assertEqual(len(set(grouped(["...", "?!", "word"]))), 2)

    def test_about_a_tenth_is_held_out_and_the_seed_decides(self):
        keys = [str(it) for it in range(5000)]
        share = sum(is_held_out(key, 1) for key in keys) / len(keys)
        self.assertAlmostEqual(share, 0.1, delta=0.02)
        self.assertNotEqual([is_held_out(it, 1) for it in keys], [is_held_out(it, 2) for it in keys])

    def test_a_repeated_text_is_learned_once_with_its_usual_label(self):
        rows = [Row("Up", 1, 0, False), Row("up", 1, 0, False), Row("up", 0, 0, False), Row("down", 0, 1, True)]
        training, held_out = split(rows)
        self.assertEqual(training, [rows[0]])
        self.assertEqual(held_out, [rows[3]])


if __name__ == "__main__":
    unittest.main()
