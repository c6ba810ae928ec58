"""How the members are trained: teachers on labels alone, students on labels and on what the teachers say.

Students begin where the teachers' mean ends, so they learn slower and not as long.
"""

from news.member import Recipe

SEEDS = {"teacher": [11, 12], "student": [21, 22]}


def of(stage, seed):
    if stage == "teacher":
        return Recipe(seed, passes=4)
    return Recipe(seed, passes=1, rate=6e-5, head_rate=2e-4)
