"""How a text is cleaned before it is split into tokens. The program does the same, byte for byte.

The steps and their order are described in README.md, and `cleaning.json` beside the model holds cases.
"""

import re

ENTITIES = {
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "quot": '"',
    "apos": "'",
    "nbsp": " ",
    "lsquo": "'",
    "rsquo": "'",
    "ldquo": '"',
    "rdquo": '"',
    "ndash": "-",
    "mdash": "-",
    "hellip": "...",
    "trade": "\u2122",
    "reg": "\u00ae",
    "copy": "\u00a9",
    "euro": "\u20ac",
    "pound": "\u00a3",
}
ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));")

# White space as Unicode has it, spelled out so that no library's own idea of it matters.
SPACES = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
URL = re.compile(rf"(?:https?://|pic\.twitter\.com/|www\.)[^{SPACES}]*", re.ASCII | re.IGNORECASE)
SPACE = re.compile(rf"[{SPACES}]+")

# Control characters, joiners, marks of direction, variation selectors and the replacement character.
NOTHING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ufffd]"
)

SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032`\u00b4"
DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
SAME = str.maketrans(
    {
        **{it: "'" for it in SINGLE_QUOTES},
        **{it: '"' for it in DOUBLE_QUOTES},
        **{it: "-" for it in DASHES},
        "\u2026": "...",
    }
)


def _character(match):
    decimal, hexadecimal, name = match.groups()
    if name:
        return ENTITIES.get(name, match.group())
    code = int(decimal) if decimal else int(hexadecimal, 16)
    surrogate = 0xD800 <= code <= 0xDFFF
    return match.group() if code == 0 or code > 0x10FFFF or surrogate else chr(code)


def unescaped(text):
    """The text with each known HTML entity replaced, once, from left to right."""
    return ENTITY.sub(_character, text)


def cleaned(text):
    """What the tokenizer sees of a raw text."""
    text = unescaped(unescaped(text))
    text = NOTHING.sub("", text)
    text = URL.sub(" ", text)
    text = text.translate(SAME)
    return SPACE.sub(" ", text).strip(" ")
