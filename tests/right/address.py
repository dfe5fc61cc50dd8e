"""The e-mail rules of docs/rules/email.json, written a second time and sharing no code with the engine.

    python3 address.py      checks itself against the cases of the file
"""

import json
import pathlib
import unicodedata

FILE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "rules" / "email.json"
RULES = json.loads(FILE.read_text(encoding="utf-8"))
LIMITS = RULES["limits"]
FORBIDDEN = [(int(low, 16), int(high, 16)) for low, high, _ in RULES["forbidden"]]
# Unicode White_Space. Python's own strip() also takes U+001C to U+001F.
WHITE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
DOTS = "\u3002\uff0e\uff61"


class Bad(Exception):
    """Why a cell is no address: a code of `reasons`."""


def trim(text):
    return text.strip(WHITE)


def key(cell):
    """The canonical form of a cell, or Bad."""
    text = trim(cell)
    if not text:
        raise Bad("missing_identity")
    if len(text.encode()) > LIMITS["cell"]:
        raise Bad("too_long")
    separated = text
    for letter in RULES["separators"] + WHITE:
        separated = separated.replace(letter, "\0")
    if sum(1 for part in separated.split("\0") if "@" in part and len(part.encode()) > 1) > 1:
        raise Bad("two_addresses")
    if any(low <= ord(letter) <= high for letter in text for low, high in FORBIDDEN):
        raise Bad("forbidden_character")
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    local, at, domain = small.partition("@")
    if not at or not is_local(local):
        raise Bad("malformed_email")
    domain = ascii_domain(domain)
    if len(local.encode()) > LIMITS["local"] or len(local.encode()) + 1 + len(domain) > LIMITS["address"]:
        raise Bad("too_long")
    return f"{local}@{domain}"


def is_local(local):
    if not local or local.startswith(".") or local.endswith(".") or ".." in local:
        return False
    for letter in local:
        if letter in WHITE:
            return False
        if ord(letter) < 128 and not (letter.isalnum() or letter == "." or letter in RULES["local_punctuation"]):
            return False
    return True


def ascii_domain(domain):
    """UTS 46 as far as the standard library reaches: mapping by NFKC, ß kept, punycode."""
    for dot in DOTS:
        domain = domain.replace(dot, ".")
    mapped = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", domain).lower())
    labels = [label(one) for one in mapped.split(".")]
    for place, one in enumerate(labels):
        if not one or one.startswith("-") or one.endswith("-"):
            raise Bad("malformed_email")
        if not all(letter in "abcdefghijklmnopqrstuvwxyz0123456789-" for letter in one):
            raise Bad("malformed_email")
        if len(one) > LIMITS["label"]:
            raise Bad("too_long")
    last = labels[-1]
    if len(labels) < 2 or last.isdigit() or len(last) < LIMITS["last_label_minimum"]:
        raise Bad("malformed_email")
    return ".".join(labels)


def label(text):
    unicode = text
    if text.startswith("xn--"):
        try:
            unicode = text[4:].encode("ascii").decode("punycode")
        except (UnicodeError, ValueError):
            raise Bad("malformed_email") from None
        again = unicodedata.normalize("NFC", unicode.lower())
        if not unicode or unicode.isascii() or again != unicode:
            raise Bad("malformed_email")
        # The round trip shows whether the coding is the shortest; "xn--a" decodes to a control.
        if "xn--" + unicode.encode("punycode").decode("ascii") != text:
            raise Bad("malformed_email")
    if unicode.isascii():
        return unicode
    if unicodedata.category(unicode[0]).startswith("M"):
        raise Bad("malformed_email")
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp") for letter in unicode):
        raise Bad("malformed_email")
    return "xn--" + unicode.encode("punycode").decode("ascii")


def check():
    """The cases of the file that this does not answer as the file does."""
    wrong = []
    for case in RULES["cases"]:
        try:
            found = ("ok", key(case["address"]))
        except Bad as bad:
            found = (str(bad), None)
        wanted = (case["verdict"], case.get("key"))
        if found != wanted:
            wrong.append((case["address"][:60], found, wanted))
    return wrong


if __name__ == "__main__":
    WRONG = check()
    for one in WRONG:
        print(*one)
    print(f"{len(RULES['cases']) - len(WRONG)} passed, {len(WRONG)} failed")
    raise SystemExit(1 if WRONG else 0)
