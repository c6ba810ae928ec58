"""Made-up sentences about the traps of headlines, for the sentiment of students.

The two sets hardly have them: losses that narrow, falls that are less than feared, a beat with a cut, a
negation, two numbers to compare. Names and numbers are drawn; `golden.csv` has the same kinds of traps in
other words, and none of its sentences.
"""

import random

EACH = 8
NAMES = (
    "Alder Foods,Banfield,Corvane,Dalmore Energy,Eastmere Bank,Fennick,Garrow Steel,Halvard Air,Inverton,Jasperline,"
    "Kestrel Motors,Lindqvist,Marrow Health,Northgate Retail,Oakhurst,Pellworth,Quillon,Ravenna Chips,Saltmarsh,"
    "Tarn Pharma,Umberline,Velmont,Wexcombe,Yarrow Biotech,Zephyrine,Orbane Software,Castor Freight,Ditmar Homes"
).split(",")
MARKETS = ["Stocks", "The Dow", "S&P 500", "Nasdaq", "European shares", "Oil", "Small caps", "Chip stocks"]

BEARISH = """
{c} loss widens to ${a}M|{c} posts wider loss than forecast|{c} swings to a quarterly loss
{c} profit rises less than hoped|{c} sales growth falls short of hopes|{c} growth slower than analysts had predicted
{c} beats Q{q} estimates, lowers FY outlook|{c} profit tops forecasts, but it slashes guidance
Despite a Q{q} beat, {c} trims its sales forecast|{c} revenue ahead of estimates, outlook disappoints
{c} EPS beats by ${e}, misses on revenue; guides lower|{c} guides Q{q} revenue under the Street
{c} suspends its outlook|{c} pulls FY forecast, citing weak demand|{c} outlook for Q{q} trails expectations
{c} shares show no sign of a rebound|{c} won't reach its sales target|{c} no longer expects a profit this year
{c} has yet to stop its losses|{c} cannot pay its lenders, it warns|Hopes for a turnaround at {c} fade
{m} erase gains|{m}: rally fizzles out|{m} surrender morning advance|{c} reverses earlier rise, turns lower
Jobless rate climbs to {s}%|Consumer prices hotter than forecast, up {s}%|Retail sales drop unexpectedly by {s}%
{c} expenses balloon|{c} hit by higher fuel bill|{c} borrowing swells to ${b}B|{c} margins shrink again
{c} drug misses primary endpoint|{c} study halted over safety|{c} prices share sale below the market
{c} must pay ${a}M over faulty parts|{c} loses appeal in patent case|Thanks for nothing, {c}: another cut to the payout
Just brilliant, {c} warns on profit for the {n}th time|{c} Q{q} loss per share ${h} vs. loss of ${l}
{c} Q{q} EPS ${l} vs. ${h} consensus|{c} earns ${l} a share, analysts looked for ${h}
{c} operating profit dropped to ${a}M from ${b}M|{c} Q{q} sales ${a}M, down from ${b}M a year ago
"""
BULLISH = """
{c} loss narrows to ${a}M|{c} posts a narrower loss than forecast|{c} swings to a quarterly profit
{c} drop in sales is smaller than predicted|{c} damage not as bad as investors thought|{c} decline in orders eases
{c} profit falls, but by less than forecast|{c} slowdown milder than expected|{c} loss shrinks by half
{c} Q{q} profit misses, boosts FY outlook|{c} EPS falls short, yet it lifts its forecast
Despite a Q{q} miss, {c} hikes its sales target|{c} guides Q{q} revenue over the Street
{c} raises the low end of its outlook|{c} outlook for Q{q} ahead of expectations|{c} hikes FY forecast
No evidence of fraud at {c}, auditors say|{c} cleared of all charges|{c} rules out a capital raise
{c} won't have to restate its accounts|{c} avoids default, pays its lenders|{c} no longer loses money
{m} trim losses|{m} recoup early drop|{m} bounce back from morning lows|{c} reverses earlier drop, turns higher
Jobless rate drops to {s}%|Consumer prices rise less than forecast, up {s}%|Retail sales rebound by {s}%
{c} expenses shrink|{c} helped by lower fuel bill|{c} debt load shrinks to ${b}B|{c} margins recover
{c} drug hits primary endpoint|{c} wins approval for cancer drug|{c} shares surge as bears run for cover
{c} wins appeal in patent case|Suit against {c} dismissed|{c} lifts payout to shareholders
{c} Q{q} loss per share ${l} vs. loss of ${h}|Bears burned as {c} climbs {s}%
{c} Q{q} EPS ${h} vs. ${l} consensus|{c} earns ${h} a share, analysts looked for ${l}
{c} operating profit grew to ${b}M from ${a}M|{c} Q{q} sales ${b}M, up from ${a}M a year ago
"""
NEUTRAL = """
{c} to hold investor day in spring|{c} publishes its annual report|{c} has {n} thousand employees
{c} moves its head office|{c} schedules Q{q} results|{c} unchanged before results|{c} backs FY outlook
{c} maintains its Q{q} guidance|{c} appoints a new board member|When does {c} report?|What does {c} make?
{c} trades at ${a}.{n}|{c} started at hold|{c} Q{q} EPS ${l}|{m} flat|{c} to speak at conference
"""


def made(seed):
    """Pairs of a sentence and its label, all different, always the same for a seed."""
    draw = random.Random(seed)
    found = {}
    for label, block in enumerate((BEARISH, BULLISH, NEUTRAL)):
        for pattern in filter(None, block.replace("\n", "|").split("|")):
            for _ in range(EACH):
                found[_filled(pattern, draw)] = label
    return sorted(found.items())


def _filled(pattern, draw):
    name = draw.choice(NAMES)
    if draw.random() < 0.3:
        name = "$" + "".join(it for it in name.upper() if it.isalpha())[: draw.choice((3, 4))]
    low, high = sorted(draw.sample(range(12, 480), 2))
    less, more = sorted(draw.sample(range(5, 290), 2))
    return pattern.format(
        c=name,
        m=draw.choice(MARKETS),
        q=draw.randint(1, 4),
        a=low,
        b=high,
        l=f"{less / 100:.2f}",
        h=f"{more / 100:.2f}",
        e=f"{draw.randint(1, 40) / 100:.2f}",
        s=f"{draw.randint(1, 90) / 10:.1f}",
        n=draw.randint(11, 90),
    )
