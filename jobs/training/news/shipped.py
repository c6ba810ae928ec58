"""The shipped files as the program uses them: the ONNX file run by ONNX Runtime, one text or many."""

import numpy as np
import onnxruntime

from news.material import SIZES
from news.tokens import padded


class Shipped:
    """Logits of an ONNX file, on one thread."""

    def __init__(self, content):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def run(self, ids, mask):
        places = np.arange(ids.shape[1], dtype=np.int64)[None]
        inputs = {"input_ids": ids, "attention_mask": mask, "position_ids": places}
        return dict(zip(SIZES, self.session.run(list(SIZES), inputs)))

    def logits(self, rows, batch=32, length=None):
        """Logits of both heads, {task: rows x labels}, for rows of token ids in their order."""
        order = np.argsort([len(it) for it in rows], kind="stable")
        found = {task: np.zeros((len(rows), size), dtype=np.float32) for task, size in SIZES.items()}
        for at in range(0, len(order), batch):
            chosen = order[at : at + batch]
            answers = self.run(*padded([rows[it] for it in chosen], length))
            for task in SIZES:
                found[task][chosen] = answers[task]
        return found
