"""The report in words and tables; the pictures lie beside it."""

from news import labels, recipes, texts
from news.material import BASE

WANTED = {"accuracy": 0.884, "macro_f1": 0.85}


def percent(value):
    return f"{100 * value:.1f} %"


def table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in lines) + "\n"


def written(figures):
    parts = [_head(figures), _held_out(figures), _calibration(figures), _veto(figures), _phrasebank(figures)]
    parts += [_golden(figures), _eight_bits(figures), _training(figures), _data()]
    return "\n".join(parts)


def _head(figures):
    rows = figures["rows"]
    return f"""# The news model: report of its training

Written by the training command. All figures are of the model as it ships: weights in eight bits, run by
ONNX Runtime, texts cleaned and cut at 64 tokens. The held-out tenth consists of whole groups of
near-duplicates (word sets that overlap by 0.7, over both sets): {rows["held_out"]["sentiment"]} texts with a
sentiment, {rows["held_out"]["topic"]} with a topic; {rows["training"]["sentiment"]} and
{rows["training"]["topic"]} different texts were trained on. Temperature and bias were fitted on the held-out
tenth, so the figures are cross-fitted: each row is judged by what the other four fifths gave.
"""


def _held_out(figures):
    rows = []
    for task in ("sentiment", "topic"):
        it = figures["held_out"][task]
        before = it["before_calibration"]
        for name, one in (("raw logits", before), ("as shipped", it)):
            values = [f"{one[key]:.4f}" for key in ("accuracy", "macro_f1", "weighted_f1", "calibration_error")]
            rows.append([task, name, it["rows"], *values])
        rows[-1][3] += f" ± {it['standard_error']:.4f}"
    heads = ["head", "", "rows", "accuracy ± standard error", "macro-F1", "weighted F1", "calibration error"]
    per = figures["held_out"]
    counts = {task: [sum(row) for row in per[task]["confusion"]] for task in per if task != "veto"}
    by_label = [
        [task, name, count, f"{f1:.3f}"]
        for task, names in (("sentiment", labels.SENTIMENT), ("topic", labels.TOPIC))
        for name, count, f1 in zip(names, counts[task], per[task]["f1_by_label"])
    ]
    it = per["sentiment"]
    alone = [
        [task, percent(one["share"]), f"{one['accuracy']:.4f}", f"{one['accuracy_of_others']:.4f}"]
        for task, one in ((task, per[task]["alone"]) for task in ("sentiment", "topic"))
    ]
    met = "; ".join(
        f"{name} {it[name]:.4f}, wanted {least}: {'reached' if it[name] >= least else 'NOT reached'} here"
        for name, least in WANTED.items()
    )
    return f"""## Held-out tenth

{table(heads, rows)}
Sentiment: {met}.
What is wanted is meant for the set's own validation part, which was not at hand. There texts may repeat what was
trained on, here they cannot. Different texts without a near-duplicate, and how well they do:

{table(["head", "of the whole set", "accuracy", "accuracy of the others"], alone)}

![Confusion of sentiment](confusion_sentiment.png)

![Confusion of topics](confusion_topic.png)

{table(["head", "label", "rows", "F1"], by_label)}"""


def _calibration(figures):
    rows = []
    for task in ("sentiment", "topic"):
        found = figures["calibrations"][task]
        bias = ", ".join(f"{it:+.3f}" for it in found["bias"])
        rows.append([task, f"{found['temperature']:.3f}", bias if task == "sentiment" else "20 values"])
    sure = [
        [task, it["least"], percent(it["share"]), f"{it['accuracy']:.3f}"]
        for task in ("sentiment", "topic")
        for it in figures["held_out"][task]["sure"]
    ]
    return f"""## Calibration

![Reliability](reliability.png)

{table(["head", "temperature", "bias"], rows)}
How many answers are so sure, and how many of them are right:

{table(["head", "probability at least", "share of texts", "accuracy"], sure)}"""


def _veto(figures):
    it = figures["held_out"]["veto"]
    curve = [
        [row["wanted"], f"{row['threshold']:.4f}", f"{row['recall']:.3f}", percent(row["false_vetoes"])]
        for row in it["curve"]
    ]
    enough = it["recall"] >= 0.98 and it["false_vetoes"] <= 0.06
    reached = "reached" if enough else "NOT reached"
    missed = ", ".join(f"{name} {count}" for name, count in it["missed_by_topic"].items())
    return f"""## Veto by topics of danger

Earnings, legal, mergers and personnel, their probabilities summed; {it["rows"]} such texts are held out.
The threshold is that of 0.98 recall if it costs at most 6 % false vetoes, else that of 6 %. With thresholds from
other folds: recall {it["recall"]:.4f} at {percent(it["false_vetoes"])} false vetoes
(wanted: 0.98 at 6 %: {reached}). Missed: {missed}. The threshold that ships is {figures["veto_threshold"]}.

![Veto](veto.png)

{table(["recall wanted", "threshold", "recall", "false vetoes"], curve)}"""


def _phrasebank(figures):
    rows = []
    for level, it in figures["phrasebank"].items():
        values = [f"{it[name]:.4f}" for name in ("accuracy", "macro_f1", "calibration_error", "wrong_sign")]
        rows.append([level, it["rows"], *values])
    heads = ["agreement", "rows", "accuracy", "macro-F1", "calibration error", "bullish for bearish or the reverse"]
    return f"""## Out of domain: Financial PhraseBank

Sentences of company news, labelled by people; never trained on, and nothing was chosen by them. The last
column is the share of wrong signs where both label and answer have one. FiQA was not at hand.

{table(heads, rows)}"""


def _golden(figures):
    rows = figures["golden"]
    wrong = [[it["text"], it["expected"], f"{it['says']} ({it['sure']})", it["trap"]] for it in rows if it["known_wrong"]]
    return f"""## Golden file

{len(rows)} headlines of known traps, written by hand (`golden.csv`); {len(rows) - len(wrong)} are right. Known wrong:

{table(["text", "expected", "the model says", "trap"], wrong)}"""


def _eight_bits(figures):
    rows = [
        [task, f"{it['largest']:.4f}", percent(it["flips"])] for task, it in figures["eight_bits"].items()
    ]
    return f"""## Eight bits

The file has {figures["bytes"]:,} bytes. Against the same weights in f32, on the held-out tenth:

{table(["head", "largest difference of a logit", "decisions that flip"], rows)}"""


def _training(figures):
    rows = [[name, it["seconds"], it["cpu"]] for name, it in sorted(figures["members"].items())]
    recipe = [f"- {stage}: `{recipes.of(stage, recipes.SEEDS[stage][0])}`" for stage in recipes.SEEDS]
    return f"""## Training

![Curves](curves.png)

{table(["member", "seconds", "of the processor"], rows)}
The losses of teachers and students do not compare: the students' targets are softer, and their texts are more.
Python {figures["machine"]["python"]}, torch {figures["machine"]["torch"]}. Recipes, of the first seed:

{chr(10).join(recipe)}
"""


def _data():
    rows = [[f"`{name}`", "trained on, and the held-out tenth of it", f"`{sha}`"] for name, sha in texts.TRAINING.values()]
    rows += [[f"PhraseBank {level}", "evaluation alone", f"`{sha}`"] for level, sha in texts.PHRASEBANK.items()]
    rows += [["`model.safetensors` of the base", "where training begins", f"`{BASE}`"]]
    return f"""## Data

{table(["file", "use", "sha256"], rows)}"""
