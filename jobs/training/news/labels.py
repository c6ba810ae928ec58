"""The labels of both heads, in the order of their logits."""

SENTIMENT = ["bearish", "bullish", "neutral"]
TOPIC = [
    "analyst update",
    "fed and central banks",
    "company and product news",
    "treasuries and corporate debt",
    "dividend",
    "earnings",
    "energy and oil",
    "financials",
    "currencies",
    "general news and opinion",
    "gold, metals and materials",
    "initial public offering",
    "legal and regulation",
    "mergers, acquisitions and investments",
    "macro",
    "markets",
    "politics",
    "personnel change",
    "stock commentary",
    "stock movement",
]
# News after which the desk does not trade by its own signals: earnings, legal, mergers, personnel.
DANGER = [5, 12, 13, 17]
