"""Near-duplicates: texts of which most words are the same stand in one group, and a group is never split."""

import hashlib
import re
from collections import Counter, defaultdict
from math import ceil

WORD = re.compile(r"[a-z0-9]+")
ALIKE = 0.7


def words(text):
    return frozenset(WORD.findall(text.lower()))


def grouped(texts, alike=ALIKE):
    """For each text the number of its group: the chain of texts whose words overlap by `alike` (Jaccard)."""
    sets = [words(it) for it in texts]
    parents = list(range(len(texts)))
    for left, right in _pairs(sets, alike):
        _join(parents, left, right)
    return [_root(parents, it) for it in range(len(texts))]


def is_held_out(key, seed, share=10):
    """Whether the group of this key falls into the held-out part, one in `share`."""
    digest = hashlib.sha256(f"{seed}:{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % share == 0


def _pairs(sets, alike):
    """Pairs that overlap enough. Two such sets share one of their rarest words, so only those are looked up."""
    count = Counter(word for it in sets for word in it)
    same, shelves = {}, defaultdict(list)
    for index, it in enumerate(sets):
        if it in same:
            yield same[it], index
            continue
        same[it] = index
        ranked = sorted(it, key=lambda word: (count[word], word))
        rare = ranked[: len(ranked) - ceil(alike * len(ranked)) + 1]
        near = {other for word in rare for other in shelves[word]}
        for other in sorted(near):
            if _jaccard(it, sets[other]) >= alike:
                yield other, index
        for word in rare:
            shelves[word].append(index)


def _jaccard(left, right):
    both = len(left & right)
    return both / (len(left) + len(right) - both) if left or right else 1.0


def _root(parents, index):
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _join(parents, left, right):
    left, right = _root(parents, left), _root(parents, right)
    parents[max(left, right)] = min(left, right)
