"""The ONNX graph, written node by node: lengths and batch are free, weights are stored in eight bits.

Inputs: `input_ids` and `attention_mask`, i64 [batch, tokens]; `position_ids`, i64 [1, tokens], which is
0, 1, 2, .. and spares the graph everything that depends on a shape. Outputs: `sentiment` f32 [batch, 3]
and `topic` f32 [batch, 20].
"""

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

from news import eight_bits

HEADS = 12
WIDTH = 384
EPSILON = 1e-12
MAX_TOKENS = 64
MASKED = -10000.0


class Graph:
    """Nodes and constants in the making; every method answers the name of what it made."""

    def __init__(self, eight=True):
        self.nodes, self.constants, self.eight = [], [], eight

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def number(self, name, value):
        return self.constant(name, np.array(value, dtype=np.float32))

    def node(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def matrix(self, name, value):
        """A weight [in, out] with a scale for each output."""
        value = np.asarray(value, dtype=np.float32)
        if not self.eight:
            return self.constant(name, value)
        values, scale = eight_bits.stored(value, axis=0)
        stored = self.constant(f"{name}.eight", values)
        cast = self.node("Cast", [stored], f"{name}.cast", to=TensorProto.FLOAT)
        return self.node("Mul", [cast, self.constant(f"{name}.scale", scale)], name)

    def linear(self, name, value, weight, bias):
        weight = self.matrix(f"{name}.weight", weight)
        product = self.node("MatMul", [value, weight], f"{name}.product")
        bias = self.constant(f"{name}.bias", bias.astype(np.float32))
        return self.node("Add", [product, bias], f"{name}.out")

    def norm(self, name, value, weight, bias):
        mean = self.node("ReduceMean", [value], f"{name}.mean", axes=[-1], keepdims=1)
        centred = self.node("Sub", [value, mean], f"{name}.centred")
        square = self.node("Mul", [centred, centred], f"{name}.square")
        variance = self.node("ReduceMean", [square], f"{name}.variance", axes=[-1], keepdims=1)
        shifted = self.node("Add", [variance, "epsilon"], f"{name}.shifted")
        deviation = self.node("Sqrt", [shifted], f"{name}.deviation")
        unit = self.node("Div", [centred, deviation], f"{name}.unit")
        scaled = self.node("Mul", [unit, self.constant(f"{name}.weight", weight)], f"{name}.scaled")
        return self.node("Add", [scaled, self.constant(f"{name}.bias", bias)], f"{name}.out")

    def gelu(self, name, value):
        ratio = self.node("Div", [value, "root_two"], f"{name}.ratio")
        error = self.node("Erf", [ratio], f"{name}.erf")
        raised = self.node("Add", [error, "one"], f"{name}.raised")
        product = self.node("Mul", [value, raised], f"{name}.double")
        return self.node("Mul", [product, "half"], f"{name}.out")


def _embedding(graph, weights):
    table = np.asarray(weights["embeddings.word_embeddings.weight"], dtype=np.float32)
    if graph.eight:
        values, scale = eight_bits.stored(table, axis=1)
        rows = graph.node("Gather", [graph.constant("words.eight", values), "input_ids"], "words.row")
        cast = graph.node("Cast", [rows], "words.cast", to=TensorProto.FLOAT)
        scales = graph.node("Gather", [graph.constant("words.scale", scale), "input_ids"], "words.scales")
        words = graph.node("Mul", [cast, scales], "words")
    else:
        words = graph.node("Gather", [graph.constant("words.table", table), "input_ids"], "words")
    table = graph.constant("places.table", weights["places"][:MAX_TOKENS])
    place = graph.node("Gather", [table, "position_ids"], "places")
    total = graph.node("Add", [words, place], "embedded")
    norm = "embeddings.LayerNorm"
    return graph.norm("embedding_norm", total, weights[f"{norm}.weight"], weights[f"{norm}.bias"])


def _mask(graph):
    mask = graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    holes = graph.node("Sub", ["one", mask], "holes")
    penalty = graph.node("Mul", [holes, graph.number("masked", MASKED)], "penalty")
    axes = graph.constant("mask_axes", np.array([1, 2], dtype=np.int64))
    return graph.node("Unsqueeze", [penalty, axes], "attention_penalty")


def _heads_of(graph, name, value, order):
    split = graph.node("Reshape", [value, "split_heads"], f"{name}.split")
    return graph.node("Transpose", [split], f"{name}.heads", perm=order)


def _attention(graph, name, value, weights, prefix):
    def part(which, scale=1.0):
        weight = weights[f"{prefix}.attention.self.{which}.weight"].T * np.float32(scale)
        bias = weights[f"{prefix}.attention.self.{which}.bias"] * np.float32(scale)
        return graph.linear(f"{name}.{which}", value, weight, bias)

    query = part("query", (WIDTH // HEADS) ** -0.5)
    query = _heads_of(graph, f"{name}.query", query, [0, 2, 1, 3])
    key = _heads_of(graph, f"{name}.key", part("key"), [0, 2, 3, 1])
    content = _heads_of(graph, f"{name}.value", part("value"), [0, 2, 1, 3])
    scores = graph.node("MatMul", [query, key], f"{name}.scores")
    scores = graph.node("Add", [scores, "attention_penalty"], f"{name}.scores_masked")
    share = graph.node("Softmax", [scores], f"{name}.share", axis=-1)
    mixed = graph.node("MatMul", [share, content], f"{name}.mixed")
    mixed = graph.node("Transpose", [mixed], f"{name}.mixed_back", perm=[0, 2, 1, 3])
    return graph.node("Reshape", [mixed, "join_heads"], f"{name}.joined")


def _layer(graph, index, value, weights):
    name, prefix = f"layer{index}", f"encoder.layer.{index}"

    def linear(part, source):
        weight, bias = weights[f"{prefix}.{part}.weight"].T, weights[f"{prefix}.{part}.bias"]
        return graph.linear(f"{name}.{part}", source, weight, bias)

    def norm(part, first, second):
        total = graph.node("Add", [first, second], f"{name}.{part}.total")
        return graph.norm(
            f"{name}.{part}", total, weights[f"{prefix}.{part}.weight"], weights[f"{prefix}.{part}.bias"]
        )

    mixed = _attention(graph, name, value, weights, prefix)
    value = norm("attention.output.LayerNorm", linear("attention.output.dense", mixed), value)
    inner = graph.gelu(f"{name}.gelu", linear("intermediate.dense", value))
    return norm("output.LayerNorm", linear("output.dense", inner), value)


def _pooled(graph, value):
    """The mean over the tokens that are there."""
    axis = graph.constant("token_axis", np.array([1], dtype=np.int64))
    count = graph.node("ReduceSum", ["mask", axis], "count", keepdims=1)
    share = graph.node("Div", ["mask", count], "token_share")
    row = graph.node("Unsqueeze", [share, axis], "token_row")
    mean = graph.node("MatMul", [row, value], "mean_row")
    return graph.node("Squeeze", [mean, axis], "mean")


def _head(graph, name, pooled, weight, bias):
    weight = graph.constant(f"{name}.weight", np.ascontiguousarray(weight.T, dtype=np.float32))
    product = graph.node("MatMul", [pooled, weight], f"{name}.product")
    graph.node("Add", [product, graph.constant(f"{name}.bias", bias.astype(np.float32))], name)
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", len(bias)])


def written(weights, eight=True):
    """The model of weights in numpy: by the names of the base, with `places`, `sentiment` and `topic`."""
    graph = Graph(eight)
    graph.number("epsilon", EPSILON)
    graph.number("root_two", 2**0.5)
    graph.number("one", 1.0)
    graph.number("half", 0.5)
    graph.constant("split_heads", np.array([0, 0, HEADS, WIDTH // HEADS], dtype=np.int64))
    graph.constant("join_heads", np.array([0, 0, WIDTH], dtype=np.int64))
    value = _embedding(graph, weights)
    _mask(graph)
    for index in range(6):
        value = _layer(graph, index, value, weights)
    pooled = _pooled(graph, value)
    heads = [
        _head(graph, name, pooled, weights[f"{name}.weight"], weights[f"{name}.bias"])
        for name in ("sentiment", "topic")
    ]
    shapes = [("input_ids", "batch"), ("attention_mask", "batch"), ("position_ids", 1)]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [rows, "tokens"]) for name, rows in shapes]
    body = helper.make_graph(graph.nodes, "news", inputs, heads, graph.constants)
    model = helper.make_model(body, producer_name="countersign", opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    checker.check_model(model, full_check=True)
    return model
