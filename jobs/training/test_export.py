import unittest

import numpy as np
import torch

from news import calibrate, eight_bits, encoder, graph, measures
from news.bake import calibrated, soup
from news.calibrate import Calibration
from news.shipped import Shipped
from news.tokens import padded

WORDS = 50


def small_base():
    """A model of the right shape with random weights and few words, under the base's names."""
    torch.manual_seed(1)
    model = encoder.Encoder(WORDS, dropout=0.0).eval()
    for it in model.parameters():
        torch.nn.init.normal_(it, std=0.05)
    weights = {theirs: model.state_dict()[ours].numpy() for ours, theirs in encoder.base_names().items()}
    return model, encoder.to_base(model.state_dict(), weights, list(range(WORDS)))


class Export(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.model, cls.weights = small_base()
        cls.rows = [[1, 5, 9, 2], [1, 7, 2], [1] + list(range(3, 30)) + [2]]
        ids, mask = map(torch.from_numpy, padded(cls.rows))
        with torch.inference_mode():
            cls.wanted = [it.numpy() for it in cls.model(ids, mask)]

    def test_the_graph_answers_as_the_model_does(self):
        found = Shipped(graph.written(self.weights, eight=False).SerializeToString()).logits(self.rows)
        np.testing.assert_allclose(found["sentiment"], self.wanted[0], atol=1e-5)
        np.testing.assert_allclose(found["topic"], self.wanted[1], atol=1e-5)

    def test_eight_bits_stay_near(self):
        found = Shipped(graph.written(self.weights).SerializeToString()).logits(self.rows)
        np.testing.assert_allclose(found["topic"], self.wanted[1], atol=0.05)

    def test_padding_and_company_change_nothing(self):
        session = Shipped(graph.written(self.weights).SerializeToString())
        alone = np.concatenate([session.logits([row])["topic"] for row in self.rows])
        for length in (32, 64):
            together = session.logits(self.rows, length=length)["topic"]
            np.testing.assert_allclose(together, alone, atol=1e-5)

    def test_a_calibration_is_in_the_heads(self):
        bias = np.array([0.5, -0.25, 0.0], dtype=np.float32)
        found = {"sentiment": Calibration(2.0, bias), "topic": Calibration(1.0, np.zeros(20, dtype=np.float32))}
        session = Shipped(graph.written(calibrated(self.weights, found), eight=False).SerializeToString())
        np.testing.assert_allclose(session.logits(self.rows)["sentiment"], self.wanted[0] / 2 + bias, atol=1e-5)

    def test_the_mean_of_equal_members_is_the_member(self):
        state = self.model.state_dict()
        for name, it in soup([state, state]).items():
            torch.testing.assert_close(it, state[name])


class Figures(unittest.TestCase):
    def test_eight_bits_lose_less_than_a_step(self):
        weight = np.random.default_rng(1).normal(size=(40, 8)).astype(np.float32)
        values, scale = eight_bits.stored(weight, axis=0)
        self.assertEqual(values.dtype, np.int8)
        plain = np.abs(weight).max(axis=0) / 127
        loss = ((eight_bits.restored(weight, 0) - weight) ** 2).sum(0)
        self.assertTrue((loss <= ((np.rint(weight / plain) * plain - weight) ** 2).sum(0) + 1e-9).all())
        self.assertEqual(eight_bits.restored(np.zeros((4, 2)), 0).sum(), 0)

    def test_a_calibration_finds_what_was_done_to_the_logits(self):
        random = np.random.default_rng(2)
        logits = random.normal(size=(4000, 3)) * 2
        truth = np.array([random.choice(3, p=row) for row in measures.softmax(logits)])
        found = calibrate.fitted((logits - [0.6, 0.0, -0.6]) * 3, truth, "topic")
        self.assertAlmostEqual(found.temperature, 3.0, delta=0.3)
        np.testing.assert_allclose(found.bias, [0.6, 0.0, -0.6], atol=0.15)
        pulled = calibrate.fitted((logits - [0.6, 0.0, -0.6]) * 3, truth, "sentiment")
        self.assertLess(np.abs(pulled.bias).max(), np.abs(found.bias).max())

    def test_a_veto_threshold_keeps_its_recall(self):
        random = np.random.default_rng(3)
        topics, score = random.integers(0, 20, 1000), random.random(1000)
        for recall in (0.5, 0.9, 0.98):
            found = measures.veto(topics, score, measures.recall_threshold(topics, score, recall))
            self.assertGreaterEqual(found["recall"], recall)
        found = measures.veto(topics, score, measures.false_veto_threshold(topics, score, 0.06))
        self.assertAlmostEqual(found["false_vetoes"], 0.06, delta=0.002)
        self.assertLessEqual(found["false_vetoes"], 0.06)
        both = measures.veto_threshold(topics, score, 0.98, 0.06)
        self.assertEqual(both, measures.false_veto_threshold(topics, score, 0.06))

    def test_the_figures_of_a_small_table(self):
        found = measures.plain([0, 0, 1, 1], [0, 1, 1, 1], 2)
        self.assertEqual(found["accuracy"], 0.75)
        self.assertAlmostEqual(found["macro_f1"], (2 / 3 + 0.8) / 2)


if __name__ == "__main__":
    unittest.main()
