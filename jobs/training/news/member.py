"""The training of one member of an ensemble; it goes on where it was interrupted."""

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from news import encoder, labels
from news.tokens import batches_by_length, padded


@dataclass(frozen=True)
class Recipe:
    """How a member is trained; rates are AdamW's, `danger` weighs the term of danger against the rest."""

    seed: int
    passes: int
    rate: float = 1e-4
    head_rate: float = 5e-4
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    batch: int = 32
    warm_up: float = 0.08
    dropout: float = 0.1
    smoothing: float = 0.05
    danger: float = 0.5
    danger_weight: float = 2.0
    average: float = 0.98
    average_each: int = 10
    half: bool = True


@dataclass(frozen=True)
class Examples:
    """Rows of token ids with a target for each label of each task; a row of zeros where there is none."""

    ids: list
    sentiment: np.ndarray
    topic: np.ndarray


class Member:
    """A model in training: its optimizer, its averaged weights, and how far it is."""

    def __init__(self, recipe, model, steps):
        self.recipe, self.model, self.steps = recipe, model, steps
        self.optimizer = torch.optim.AdamW(parameter_groups(model, recipe), fused=True)
        warm = max(1, int(recipe.warm_up * steps))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda at: min((at + 1) / warm, max(0.0, (steps - at) / (steps - warm)))
        )
        self.averaged = {name: it.detach().clone() for name, it in model.state_dict().items()}
        self.step = 0

    def learn(self, examples, chosen):
        """One step; answers the loss."""
        recipe = self.recipe
        ids, mask = map(torch.from_numpy, padded([examples.ids[at] for at in chosen]))
        with torch.autocast("cpu", torch.bfloat16, enabled=recipe.half):
            sentiment, topic = self.model(ids, mask)
        loss = loss_of(sentiment.float(), topic.float(), targets(examples, chosen, recipe.smoothing), recipe)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.step += 1
        if self.step % recipe.average_each == 0:
            self._average()
        return loss.item()

    def _average(self):
        """A moving average of the weights, which starts as a plain one."""
        turns = self.step // self.recipe.average_each
        keep = min(self.recipe.average, turns / (turns + 9))
        with torch.no_grad():
            for name, it in self.model.state_dict().items():
                self.averaged[name].lerp_(it, 1 - keep)

    def state(self):
        return {
            "model": self.model.state_dict(),
            "averaged": self.averaged,
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "step": self.step,
            "random": torch.get_rng_state(),
        }

    def restore(self, state):
        self.model.load_state_dict(state["model"])
        self.averaged = state["averaged"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        self.step = state["step"]
        torch.set_rng_state(state["random"])


def parameter_groups(model, recipe):
    """Groups for the optimizer: deeper layers learn slower, heads faster, vectors are not decayed."""
    parts = [("words", encoder.LAYERS + 1), ("places", encoder.LAYERS + 1), ("norm", encoder.LAYERS + 1)]
    parts += [(f"layers.{at}", encoder.LAYERS - at) for at in range(encoder.LAYERS)]
    found = []
    for name, it in model.named_parameters():
        depth = next((depth for part, depth in parts if name.startswith(f"{part}.") or name == part), None)
        rate = recipe.head_rate if depth is None else recipe.rate * recipe.layer_decay ** (depth - 1)
        decay = recipe.weight_decay if it.ndim > 1 else 0.0
        found.append({"params": [it], "lr": rate, "weight_decay": decay})
    return found


def targets(examples, chosen, smoothing):
    """Targets of both tasks, smoothed, where they are certain, toward all labels alike."""
    found = []
    for table in (examples.sentiment, examples.topic):
        part = torch.from_numpy(table[chosen])
        certain = (part.amax(1, keepdim=True) >= 1.0).float()
        soft = part * (1 - smoothing) + smoothing / part.shape[1]
        found.append(certain * soft + (1 - certain) * part)
    return found


def loss_of(sentiment, topic, wanted, recipe):
    """The mean loss of the rows. Rows without a target of a task add nothing to it."""
    sentiment_wanted, topic_wanted = wanted
    loss = -(sentiment_wanted * functional.log_softmax(sentiment, 1)).sum()
    shares = functional.log_softmax(topic, 1)
    loss = loss - (topic_wanted * shares).sum()
    if recipe.danger:
        present = topic_wanted.sum(1)
        wanted_danger = topic_wanted[:, labels.DANGER].sum(1)
        danger = torch.logsumexp(shares[:, labels.DANGER], 1)
        safe = [it for it in range(len(labels.TOPIC)) if it not in labels.DANGER]
        rest = torch.logsumexp(shares[:, safe], 1)
        term = recipe.danger_weight * wanted_danger * danger + (present - wanted_danger) * rest
        loss = loss - recipe.danger * term.sum()
    return loss / len(topic)


def train(recipe, model, examples, folder, after_pass):
    """Trains to the end, from the last whole pass if there is one; answers the averaged weights.

    `after_pass` gets the number of the pass and the averaged weights, and answers figures for the log.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    member, each = _begun(recipe, model, examples)
    kept, log = folder / "last.pt", folder / "log.jsonl"
    if kept.exists():
        member.restore(torch.load(kept, weights_only=True))
    for number in range(member.step // each, recipe.passes):
        _pass(member, examples, number, log)
        figures = {"pass": number + 1, "step": member.step, **after_pass(member.averaged)}
        _note(log, figures)
        torch.save(member.state(), folder / "new.pt")
        (folder / "new.pt").replace(kept)
    (folder / "recipe.json").write_text(json.dumps(asdict(recipe), indent=1) + "\n")
    return member.averaged


def beginning(recipe, model, examples, steps):
    """The mean loss of the first steps of a training, and a hash of the weights that they lead to."""
    member, _ = _begun(recipe, model, examples)
    member.model.train()
    losses = [member.learn(examples, chosen) for chosen in _batches(recipe, examples, 0)[:steps]]
    return round(float(np.mean(losses)), 4), digest(member.model.state_dict())


def digest(state):
    """A hash of all bits of the weights."""
    found = hashlib.sha256()
    for name in sorted(state):
        found.update(name.encode() + state[name].numpy().tobytes())
    return found.hexdigest()


def _begun(recipe, model, examples):
    """A member before its first step, and how many steps each pass has."""
    torch.manual_seed(recipe.seed)
    each = -(-len(examples.ids) // recipe.batch)
    return Member(recipe, model, each * recipe.passes), each


def _batches(recipe, examples, number):
    random = np.random.default_rng([recipe.seed, number])
    return batches_by_length([len(it) for it in examples.ids], recipe.batch, random)


def _pass(member, examples, number, log):
    member.model.train()
    losses, start, processor = [], time.time(), time.process_time()
    for chosen in _batches(member.recipe, examples, number):
        losses.append(member.learn(examples, chosen))
        if len(losses) == 50:
            spent = {"seconds": round(time.time() - start, 1), "cpu": round(time.process_time() - processor, 1)}
            _note(log, {"step": member.step, "loss": round(float(np.mean(losses)), 4), **spent})
            losses = []


def _note(log, figures):
    with log.open("a", encoding="utf-8") as out:
        out.write(json.dumps(figures) + "\n")
