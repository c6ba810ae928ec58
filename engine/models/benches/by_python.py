"""How fast Python's onnxruntime runs a model: FILE THREADS LENGTH.."""

import sys
import time

import numpy
import onnxruntime

path, threads, lengths = sys.argv[1], int(sys.argv[2]), [int(it) for it in sys.argv[3:]]
options = onnxruntime.SessionOptions()
options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
options.add_session_config_entry("session.intra_op.allow_spinning", "0")
session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

for length in lengths:
    ids = numpy.full((1, length), 4125, dtype=numpy.int64)
    known = {
        "input_ids": ids,
        "attention_mask": numpy.ones_like(ids),
        "token_type_ids": numpy.zeros_like(ids),
        "position_ids": numpy.arange(length, dtype=numpy.int64)[None],
    }
    inputs = {it.name: known[it.name] for it in session.get_inputs()}
    took = []
    for _ in range(220):
        begun = time.perf_counter()
        session.run(None, inputs)
        took.append(time.perf_counter() - begun)
    middle = sorted(took[20:])[100] * 1e3
    print(f"figure | news: {length} tokens, Python's onnxruntime, middle | {middle:.2f} | ms", flush=True)
