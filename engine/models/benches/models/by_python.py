"""Python's side of the benchmark of the models.

`by_python.py make FOLDER` writes a BERT of FinBERT's size, of random weights in eight bits, as `model.onnx`.
`by_python.py time NAME FILE THREADS` measures Python's onnxruntime on a file; it prints one sample a line.
"""

import sys
import time
from pathlib import Path

import numpy
import onnxruntime

# Tokens of a text, and of the headlines that are read at once: as in main.rs.
LENGTHS = (32, 64)
HEADLINES, BATCH = [12 + at % 29 for at in range(200)], 8
WARM, COUNTED = 20, 100

LAYERS, WIDTH, INNER, HEADS, WORDS, PLACES = 12, 768, 3072, 12, 30522, 512


def sample(what, value, unit):
    print(f"sample | {what} | {value:.4f} | {unit}", flush=True)


def millis(begun):
    return (time.perf_counter() - begun) * 1e3


def inputs(session, rows, length):
    ids = numpy.full((rows, length), 4125, dtype=numpy.int64)
    known = {
        "input_ids": ids,
        "attention_mask": numpy.ones_like(ids),
        "token_type_ids": numpy.zeros_like(ids),
        "position_ids": numpy.arange(length, dtype=numpy.int64)[None],
    }
    return {it.name: known[it.name] for it in session.get_inputs()}


def timed(name, path, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    begun = time.perf_counter()
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    sample(f"{name}, load", millis(begun), "ms")
    for length in LENGTHS:
        fed = inputs(session, 1, length)
        took = []
        for at in range(WARM + COUNTED):
            begun = time.perf_counter()
            session.run(None, fed)
            took.append(millis(begun))
        took = sorted(took[WARM:])
        sample(f"{name}, {length} tokens, p50", took[len(took) // 2], "ms")
        sample(f"{name}, {length} tokens, p95", took[len(took) * 95 // 100], "ms")
    lengths = sorted(HEADLINES)
    begun = time.perf_counter()
    for at in range(0, len(lengths), BATCH):
        chosen = lengths[at : at + BATCH]
        session.run(None, inputs(session, len(chosen), max(chosen)))
    sample(f"{name}, 200 headlines", millis(begun), "ms")


def made(folder):
    import onnx

    onnx.save(bert(onnx.helper, onnx.numpy_helper), folder / "model.onnx")


def bert(helper, numpy_helper):
    """A BERT classifier as exporters and the dynamic quantiser write it: free lengths, three inputs, three logits."""
    random = numpy.random.default_rng(1)
    nodes, constants, whole = [], [], {}

    def constant(name, value):
        constants.append(numpy_helper.from_array(numpy.asarray(value), name))
        return name

    def node(kind, taken, outputs=1, **attributes):
        names = [f"{kind}_{len(nodes)}.{it}" for it in range(outputs)]
        nodes.append(helper.make_node(kind, taken, names, names[0], **attributes))
        return names[0] if outputs == 1 else names

    def eighths(name, *sizes):
        """Normal weights of deviation 0.02, as whole numbers and their scale."""
        values = numpy.clip(numpy.rint(40 * random.standard_normal(sizes)), -127, 127).astype(numpy.int8)
        return constant(name, values), constant(f"{name}.scale", numpy.float32(0.02 / 40))

    def linear(name, x, width, wide):
        if x not in whole:
            whole[x] = node("DynamicQuantizeLinear", [x], outputs=3)
        rounded, scale, zero = whole[x]
        weights, weights_scale = eighths(f"{name}.weight", width, wide)
        product = node("MatMulInteger", [rounded, weights, zero, nothing])
        product = node("Mul", [node("Cast", [product], to=1), node("Mul", [scale, weights_scale])])
        return node("Add", [product, constant(f"{name}.bias", numpy.zeros(wide, numpy.float32))])

    def looked_up(name, rows, at):
        table, scale = eighths(name, rows, WIDTH)
        return node("DequantizeLinear", [node("Gather", [table, at]), scale, nothing])

    def normal(name, x):
        one = constant(f"{name}.one", numpy.ones(WIDTH, numpy.float32))
        zero = constant(f"{name}.zero", numpy.zeros(WIDTH, numpy.float32))
        return node("LayerNormalization", [x, one, zero], axis=-1, epsilon=1e-12)

    nothing = constant("nothing", numpy.int8(0))
    split = constant("split", numpy.array([0, 0, HEADS, WIDTH // HEADS]))
    joined = constant("joined", numpy.array([0, 0, WIDTH]))
    number = {it: constant(f"number.{it}", numpy.array(it)) for it in (0, 1)}
    axis = {it: constant(f"axis.{it}", numpy.array([it])) for it in (0, 1, 2)}
    scalar = {it: constant(f"scalar.{it}", numpy.float32(it)) for it in (0.5, 1.0, 2**0.5, (WIDTH / HEADS) ** 0.5, -1e4)}

    def attention(name, x, mask):
        def heads(part, order):
            parts = node("Reshape", [linear(f"{name}.{part}", x, WIDTH, WIDTH), split])
            return node("Transpose", [parts], perm=order)

        query, key, value = heads("query", (0, 2, 1, 3)), heads("key", (0, 2, 3, 1)), heads("value", (0, 2, 1, 3))
        scores = node("Div", [node("MatMul", [query, key]), scalar[(WIDTH / HEADS) ** 0.5]])
        shares = node("Softmax", [node("Add", [scores, mask])], axis=-1)
        mixed = node("Transpose", [node("MatMul", [shares, value])], perm=(0, 2, 1, 3))
        return linear(f"{name}.output", node("Reshape", [mixed, joined]), WIDTH, WIDTH)

    length = node("Gather", [node("Shape", ["input_ids"]), number[1]])
    places = node("Slice", [constant("all", numpy.arange(PLACES)), axis[0], node("Unsqueeze", [length, axis[0]])])
    x = looked_up("words", WORDS, "input_ids")
    x = node("Add", [x, looked_up("types", 2, "token_type_ids")])
    x = normal("embedding", node("Add", [x, looked_up("places", PLACES, places)]))
    mask = node("Unsqueeze", [node("Unsqueeze", ["attention_mask", axis[1]]), axis[2]])
    mask = node("Sub", [scalar[1.0], node("Cast", [mask], to=1)])
    mask = node("Mul", [mask, scalar[-1e4]])
    for layer in range(LAYERS):
        x = normal(f"{layer}.attention", node("Add", [x, attention(str(layer), x, mask)]))
        inner = linear(f"{layer}.inner", x, WIDTH, INNER)
        bent = node("Add", [node("Erf", [node("Div", [inner, scalar[2**0.5]])]), scalar[1.0]])
        bent = node("Mul", [node("Mul", [inner, bent]), scalar[0.5]])
        x = normal(f"{layer}.layer", node("Add", [x, linear(f"{layer}.outer", bent, INNER, WIDTH)]))
    first = node("Gather", [x, number[0]], axis=1)
    pooled = node("Tanh", [linear("pooler", first, WIDTH, WIDTH)])
    nodes.append(helper.make_node("Identity", [linear("classifier", pooled, WIDTH, 3)], ["logits"], "logits"))

    free = ["batch_size", "sequence_length"]
    taken = [helper.make_tensor_value_info(it, 7, free) for it in ("input_ids", "attention_mask", "token_type_ids")]
    given = [helper.make_tensor_value_info("logits", 1, ["batch_size", 3])]
    graph = helper.make_graph(nodes, "bert", taken, given, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        made(Path(sys.argv[2]))
    else:
        timed(sys.argv[2], sys.argv[3], int(sys.argv[4]))
