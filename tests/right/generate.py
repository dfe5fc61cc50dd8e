"""Made-up customer profiles for the outside referee, the same for the same seed.

    python3 generate.py OUT.csv [--profiles N] [--seed S] [--changed OUT2.csv]

Rows are dicts of the columns; keys that begin with "_" are notes of the generator and are not
written. The awkward is in it on purpose: blanks, malformed and doubled addresses (letters, spaces,
NFD and NFC, IDN and punycode), O'Brien, Åsa, emoji, =1+1, NULL, quoted line breaks, numbers that do
not fit.
"""

import argparse
import csv
import os
import random
import unicodedata

COLUMNS = [
    "CustomerId", "Email", "FirstName", "LastName", "Company", "Phone", "City", "Country",
    "PostalCode", "Score", "Rating", "Spend", "Visits", "Newsletter", "Consent", "Born",
    "Loyalty Tier", "State", "Note", "Source",
]

FIRST = ["Åsa", "Eva", "Björn", "O'Neil", "Zoë", "Ólafur", "Anna-Karin", "李", "José", "Mia", "Søren", "  Kim "]
LAST = ["O'Brien", "Öberg", "Smith", "d'Ávila", "Müller", "van der Berg", "Łukasz", "Lind", "Ek", "Å"]
CITIES = ["Stockholm", "Umeå", "Malmö", "Oslo", "København", "Zürich", "", "Helsinki", "São Paulo"]
COUNTRIES = ["SE", "SE", "NO", "DK", "FI", "DE", "GB", "US", "FR", "CH", ""]
COMPANIES = ["Ek & Co", "\"Quoted\" AB", "Comma, Inc", "", "", "Semi;colon", "A|B", "Ångström AB"]
NOTES = ["", "", "", "likes 🎉 and 👩‍👩‍👧", "=1+1", "+46 is a prefix", "@home", "first\nsecond", "one\r\ntwo",
         "tab\there", "NULL", "null", "back\\slash", "</script>", "\u202bright\u202c", "a\u030a and å"]
SCORES_BAD = ["n/a", "1.5", "9007199254740993", "007", "NULL", "1 000", "+5", "1e3", "99999999999999999999"]
RATINGS_BAD = ["3,5", "good", "NaN", "1e309", ".5"]
BORN_BAD = ["1985-02-30", "01/02/1990", "1990-5-1", "9999-12-31", "1990-01-01T10:00:00"]
MALFORMED = [
    "asa", "asa@", "@example.se", "a@@example.se", "a b@example.se", ".a@example.se", "a..b@example.se",
    "a@localhost", "a@example.se.", "a@-example.se", "a@exa_mple.se", "a@127.0.0.1", "n/a", "-",
    "Åsa <a@example.se>", "mailto:a@example.se", "a@example.se,b@example.se", "a@example.se; b@example.se",
    "a\u200bb@example.se", "a@exam\u00adple.se", "x" * 65 + "@example.se", "a@" + "d" * 64 + ".se",
    "a@xn--a.se", "a\uff20example.se", "NULL",
]


def address(rng, number):
    """A valid address that nobody else has."""
    kind = rng.random()
    if kind < 0.04:
        local = f"åsa.öberg{number}"
    elif kind < 0.06:
        local = f"o'brien{number}"
    elif kind < 0.08:
        local = f"Anna+news{number}"
    elif kind < 0.085:
        local = f"😀{number}"
    else:
        local = f"person{number}"
    domain = rng.choice(["example.se", "example.com", "Example.ORG", "sub.example.co.uk", "3com.example"])
    if rng.random() < 0.03:
        domain = rng.choice(["bücher.example", "xn--bcher-kva.example", "åkeri.example"])
    return f"{local}@{domain}"


def twin(rng, email):
    """The same address in another form, and whether a simple mail system sees it is the same."""
    local, domain = email.split("@")
    forms = ["upper", "swap", "space", "nbsp"]
    if any(ord(letter) > 127 for letter in local):
        forms += ["nfd"] * 4
    if any(ord(letter) > 127 for letter in domain) or "xn--" in domain:
        forms += ["idn"] * 4
    form = rng.choice(forms)
    if form == "upper":
        return email.upper(), True
    if form == "swap":
        return email.swapcase(), True
    if form == "space":
        return f"  {email} ", True
    if form == "nbsp":
        return f"\u00a0{email}\u2003", True
    if form == "nfd":
        return unicodedata.normalize("NFD", email), False
    if "xn--" in domain:
        return f"{local}@{domain.encode('ascii').decode('idna')}", False
    return f"{local}@{domain.encode('idna').decode('ascii')}", False


def row(rng, customer_id, number):
    score = str(rng.randint(-50, 1000))
    if rng.random() < 0.03:
        score = rng.choice(SCORES_BAD)
    elif rng.random() < 0.05:
        score = ""
    rating = f"{rng.randint(1, 5)}.{rng.randint(0, 99):02d}" if rng.random() < 0.9 else ""
    if rng.random() < 0.02:
        rating = rng.choice(RATINGS_BAD)
    born = f"{rng.randint(1930, 2005)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    if rng.random() < 0.2:
        born = ""
    elif rng.random() < 0.005:
        born = rng.choice(BORN_BAD)
    newsletter = rng.choice(["yes", "no", "Yes", "NO", "ja", "nej", "true", "0", "1", ""])
    if rng.random() < 0.01:
        newsletter = "maybe"
    first = rng.choice(FIRST + [""])
    if rng.random() < 0.002:
        first = "Esc\x1b[31m"
    return {
        "CustomerId": customer_id,
        "Email": address(rng, number),
        "FirstName": first,
        "LastName": rng.choice(LAST + ["", "   "]),
        "Company": rng.choice(COMPANIES),
        "Phone": f"07{rng.randint(0, 99999999):08d}" if rng.random() < 0.8 else "",
        "City": rng.choice(CITIES),
        "Country": rng.choice(COUNTRIES),
        "PostalCode": f"{rng.randint(0, 99999):05d}",
        "Score": score,
        "Rating": rating,
        "Spend": f"{rng.randint(1, 2500)}.{rng.randint(0, 99):02d}" if rng.random() < 0.95 else "",
        "Visits": str(rng.randint(0, 20)) if rng.random() < 0.97 else "",
        "Newsletter": newsletter,
        "Consent": rng.choice(["yes"] * 18 + ["Yes ", " YES", "no", ""]),
        "Born": born,
        "Loyalty Tier": rng.choice(["gold", "gold", "silver", "bronze", ""]),
        "State": "active" if rng.random() < 0.95 else rng.choice(["left", "paused", ""]),
        "Note": rng.choice(NOTES),
        "Source": rng.choice(["web", "=1+1", "import \"old\"", "shop\nfloor", "\U0001f600"]),
        "_fixed": False,
    }


def generate(profiles=10_000, seed=1):
    """That many rows. CustomerIds have no leading zeros: C10 is before C9, byte by byte."""
    rng = random.Random(f"profiles {seed}")
    rows = []
    for number in range(1, profiles + 1):
        one = row(rng, f"C{number}", number)
        kind = rng.random()
        if kind < 0.015:
            one["Email"] = rng.choice(["", "", "   ", "\u00a0"])
        elif kind < 0.03:
            one["Email"] = rng.choice(MALFORMED)
        elif kind < 0.06 and rows:
            of = rng.choice(rows)
            if "@example" in of["Email"].lower() or ".example" in of["Email"].lower():
                if of["Email"] not in MALFORMED and of["Email"].count("@") == 1:
                    one["Email"], same = twin(rng, of["Email"].strip("\u00a0\u2003 "))
                    if not same or of["_fixed"]:
                        # A sandbox takes the forms for two contacts; who of them goes must not change.
                        one["_fixed"] = of["_fixed"] = True
                    one["_twin"] = of["_twin"] = True
        rows.append(one)
    # Whoever shares an address with a fixed row through a third one is fixed too.
    by_key = {}
    for one in rows:
        by_key.setdefault(loose(one["Email"]), []).append(one)
    for group in by_key.values():
        if any(one["_fixed"] for one in group):
            for one in group:
                one["_fixed"] = True
    rng.shuffle(rows)
    return rows


def loose(email):
    """A coarse identity, enough to keep groups together."""
    local, _, domain = unicodedata.normalize("NFC", email.strip()).lower().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        pass
    return f"{local}@{domain}"


CHANGES = ["FirstName", "City", "Score", "Phone", "Note", "clear Company", "blank FirstName", "Loyalty Tier",
           "Country", "letters of Email", "address lost", "value lost", "Rating", "Newsletter", "not mapped"]


def change(rows, seed=1):
    """The rows a week later: 1 % changed, 0.5 % left, 0.5 % joined. The given rows stay as they are."""
    rng = random.Random(f"changes {seed}")
    after = [dict(one) for one in rows]
    free = [place for place, one in enumerate(after) if not one["_fixed"]]
    single = [place for place in free if not after[place].get("_twin")]
    changed = max(len(CHANGES), len(rows) // 100)
    left = max(3, len(rows) // 200)
    joined = max(5, len(rows) // 200)
    chosen = rng.sample(single, changed)
    for turn, place in enumerate(chosen):
        modify(rng, after[place], CHANGES[turn % len(CHANGES)])
    taken = set(chosen)
    leavers = rng.sample([place for place in free if place not in taken], left)
    for place in leavers:
        after[place]["State"] = "left"
    for number in range(joined):
        one = row(rng, f"J{number + 1}", f"joined{number + 1}")
        one["State"], one["Consent"], one["Country"] = "active", "yes", "SE"
        if number % 5 == 3:
            of = after[rng.choice(single)]["Email"]
            one["Email"] = of.upper() if of.strip() else "joined@nowhere"
        elif number % 5 == 4 and number > 4:
            one["Email"] = rng.choice(MALFORMED)
        after.append(one)
    rng.shuffle(after)
    return after


def modify(rng, one, what):
    if what == "FirstName":
        one["FirstName"] = "Förnamn" + str(rng.randint(1, 99))
    elif what == "City":
        one["City"] = "Ny stad"
    elif what == "Score":
        one["Score"] = str(rng.randint(2000, 3000))
    elif what == "Phone":
        one["Phone"] = "0046" + str(rng.randint(1000, 9999))
    elif what == "Note":
        one["Note"] = "changed 🎈\nin two lines"
    elif what == "clear Company":
        one["Company"] = ""
    elif what == "blank FirstName":
        one["FirstName"] = ""
    elif what == "Loyalty Tier":
        one["Loyalty Tier"] = "silver" if one["Loyalty Tier"] == "gold" else "gold"
    elif what == "Country":
        one["Country"] = "US" if one["Country"] in ("SE", "NO", "DK", "FI") else "NO"
    elif what == "letters of Email":
        one["Email"] = one["Email"].swapcase() if one["Email"].isascii() else one["Email"]
    elif what == "address lost":
        one["Email"] = ""
    elif what == "value lost":
        one["Score"] = "many"
    elif what == "Rating":
        one["Rating"] = f"9.{rng.randint(10, 99)}"
    elif what == "Newsletter":
        one["Newsletter"] = "no" if one["Newsletter"].lower() in ("yes", "ja", "true", "1") else "yes"
    else:
        one["PostalCode"], one["Source"] = "00001", "changed"


def write(rows, path):
    """Writes the file whole, then puts it in its place."""
    temporary = f"{path}.new"
    with open(temporary, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(temporary, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out")
    parser.add_argument("--profiles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--changed", help="writes the rows of a week later to this file too")
    args = parser.parse_args()
    rows = generate(args.profiles, args.seed)
    write(rows, args.out)
    if args.changed:
        write(change(rows, args.seed), args.changed)


if __name__ == "__main__":
    main()
