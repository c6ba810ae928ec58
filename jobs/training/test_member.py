import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from news import encoder
from news.member import Examples, Recipe, beginning, digest, train

WORDS = 40


def fresh():
    """A model of the right shape with few words."""
    torch.manual_seed(3)
    return encoder.Encoder(WORDS)


def examples():
    random = np.random.default_rng(5)
    ids = [list(random.integers(1, WORDS, size)) for size in random.integers(3, 9, 24)]
    sentiment, topic = np.zeros((24, 3), dtype=np.float32), np.zeros((24, 20), dtype=np.float32)
    sentiment[np.arange(0, 24, 2), random.integers(0, 3, 12)] = 1
    topic[np.arange(1, 24, 2), random.integers(0, 20, 12)] = 1
    return Examples(ids, sentiment, topic)


class Stopped(Exception):
    pass


class Again(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.threads = torch.get_num_threads()
        torch.set_num_threads(1)

    @classmethod
    def tearDownClass(cls):
        torch.set_num_threads(cls.threads)

    def test_a_training_from_scratch_gives_the_same_bits_again_and_another_seed_others(self):
        first, again = (beginning(Recipe(1, 1, batch=8), fresh(), examples(), 3) for _ in range(2))
        self.assertEqual(first, again)
        self.assertNotEqual(first[1], beginning(Recipe(2, 1, batch=8), fresh(), examples(), 3)[1])

    def test_an_interrupted_training_ends_with_the_same_bits(self):
        def trained(folder, after_pass):
            return train(Recipe(1, passes=2, batch=8, average_each=2), fresh(), examples(), folder, after_pass)

        def stop_at_once(_):
            calls.append(1)
            if len(calls) == 2:
                raise Stopped
            return {}

        calls = []
        with tempfile.TemporaryDirectory() as out:
            whole = trained(Path(out) / "whole", lambda _: {})
            with self.assertRaises(Stopped):
                trained(Path(out) / "parts", stop_at_once)
            resumed = trained(Path(out) / "parts", lambda _: {})
        self.assertEqual(digest(whole), digest(resumed))


if __name__ == "__main__":
    unittest.main()
