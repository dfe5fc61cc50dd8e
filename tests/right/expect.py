"""What must come of an export: computed from the CSV, the mapping and three segments mirrored by hand.

`State` is a model of one export with its receipts, and of the account behind it. Each run:
`plan = state.plan(rows)` says what a preview must print; `state.carry_out(plan)` says what the run
must print and changes receipts and account as the run must.
"""

import csv
import datetime
import decimal
import json
import re

import address

BATCH = 100

# --- the set-up, as the command line takes it ---------------------------------------------------

SEGMENTS = {
    "Nordic": "Country IN ('SE', 'NO', 'DK', 'FI') AND State = 'active'",
    "Big spenders": "Spend >= 1000 AND State = 'active'",
    "Gold": "\"Loyalty Tier\" = 'gold' AND Visits > 5 AND State = 'active'",
}
LISTS = {"Nordic": "Nordic", "Big spenders": "Spenders, big", "Gold": "Gold"}
MATCH = {
    "FirstName": ("FirstName", "text"),
    "LastName": ("LastName", "text"),
    "Company": ("Company", "text"),
    "Phone": ("Phone", "text"),
    "MailingCity": ("City", "text"),
    "MailingCountry": ("Country", "text"),
    "custom:Score": ("Score", "integer"),
    "custom:NPS Rating": ("Rating", "float"),
    "custom:Newsletter": ("Newsletter", "boolean"),
    "custom:Born": ("Born", "date"),
    "custom:Note": ("Note", "text"),
}
CUSTOM_FIELDS = [
    {"name": "Score", "fieldType": "integer"},
    {"name": "NPS Rating", "fieldType": "float"},
    {"name": "Newsletter", "fieldType": "boolean"},
    {"name": "Born", "fieldType": "date"},
    {"name": "Note", "fieldType": "string"},
    {"name": "Never sent", "fieldType": "string"},
]
CLEAR_BLANK = {"Company"}
LEAVE_OUT_UNFIT = {"custom:NPS Rating", "custom:Newsletter"}
ONLY_IF = ("Consent", "yes")


def segments_of(row):
    """The same conditions, in Python; a blank cell is no value and fulfils nothing."""
    active = row["State"] == "active"
    spend, visits = row["Spend"], row["Visits"]
    found = set()
    if active and row["Country"] in ("SE", "NO", "DK", "FI"):
        found.add("Nordic")
    if active and spend and decimal.Decimal(spend) >= 1000:
        found.add("Big spenders")
    if active and row["Loyalty Tier"] == "gold" and visits and int(visits) > 5:
        found.add("Gold")
    return found


# --- values -------------------------------------------------------------------------------------

class Unfit(Exception):
    """A value that does not fit its field: the reason code."""


NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def value(cell, kind):
    """The JSON text that is sent to a classic account for a cell that is not blank."""
    if kind == "text":
        if len(cell) > 4000:
            raise Unfit("too_long")
        if any((ord(c) < 32 and c not in "\n\r\t") or 127 <= ord(c) <= 159 for c in cell):
            raise Unfit("control_character")
        return json.dumps(cell, ensure_ascii=False)
    if kind == "integer":
        if not re.fullmatch(r"-?[1-9][0-9]*|0", cell, re.ASCII):
            raise Unfit("not_an_integer")
        if abs(int(cell)) >= 2 ** 53:
            raise Unfit("out_of_range")
        return cell
    if kind == "float":
        if not NUMBER.fullmatch(cell):
            raise Unfit("not_a_number")
        number = float(cell)
        if number in (float("inf"), float("-inf")) or (number == 0 and re.search("[1-9]", re.split("[eE]", cell)[0])):
            raise Unfit("out_of_range")
        return cell
    if kind == "boolean":
        if cell.lower() in ("true", "yes", "1", "ja"):
            return "true"
        if cell.lower() in ("false", "no", "0", "nej"):
            return "false"
        raise Unfit("not_a_boolean")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell, re.ASCII):
        raise Unfit("no_time_zone" if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", cell) else "not_a_date")
    if cell[:4] in ("0000", "9999"):
        raise Unfit("out_of_range")
    try:
        datetime.date.fromisoformat(cell)
    except ValueError:
        raise Unfit("not_a_date") from None
    return f'"{cell}"'


class Product:
    """What an export to one product maps, and how its values travel."""

    def __init__(self, match, clear_blank, leave_out_unfit, value, blank):
        self.match, self.clear_blank, self.leave_out_unfit = match, clear_blank, leave_out_unfit
        self.value, self.blank = value, blank

    def fields_of(self, row):
        """Target to JSON text, or Unfit with the reason and the target."""
        fields = {}
        # In the order of the targets: which of two misfits is named is decided by it.
        for target, (column, kind) in sorted(self.match.items()):
            cell = address.trim(row[column])
            if not cell:
                if target in self.clear_blank:
                    fields[target] = self.blank(kind)
                continue
            try:
                fields[target] = self.value(cell, kind)
            except Unfit as unfit:
                if target not in self.leave_out_unfit:
                    raise Unfit(f"{unfit}:{target}") from None
        return fields


CLASSIC = Product(MATCH, CLEAR_BLANK, LEAVE_OUT_UNFIT, value, lambda kind: '""' if kind == "text" else "null")


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- one audience -------------------------------------------------------------------------------

class Person:
    """Who is sent for an address."""

    def __init__(self, customer_id, email, fields, segments):
        self.customer_id, self.email, self.fields, self.segments = customer_id, email, fields, segments

    @property
    def lists(self):
        return {LISTS[segment] for segment in self.segments}


class Audience:
    """The chosen profiles, divided: people by canonical address, and who is left out and why."""

    def __init__(self, rows, product=CLASSIC):
        self.source, self.product = 0, product
        self.people, self.left_out, self.chosen = {}, {}, set()
        for row in rows:
            segments = segments_of(row)
            if not segments:
                continue
            self.source += 1
            self.chosen.add(row["CustomerId"])
            self._add(row, segments)

    def _add(self, row, segments):
        who = row["CustomerId"]
        if address.trim(row[ONLY_IF[0]]).lower() != ONLY_IF[1]:
            self.left_out[who] = ("excluded", "no_consent")
            return
        try:
            key = address.key(row["Email"])
            fields = self.product.fields_of(row)
        except (address.Bad, Unfit) as problem:
            self.left_out[who] = ("invalid", str(problem))
            return
        person = Person(who, address.trim(row["Email"]), fields, segments)
        held = self.people.get(key)
        if held is None:
            self.people[key] = person
            return
        union = held.segments | segments
        winner, loser = (person, held) if who.encode() < held.customer_id.encode() else (held, person)
        winner.segments = union
        self.people[key] = winner
        self.left_out[loser.customer_id] = ("duplicate", "same_address")

    def count(self, outcome):
        return sum(1 for found, _ in self.left_out.values() if found == outcome)


# --- the export and its account -----------------------------------------------------------------

class Plan:
    """What a run would do."""

    def __init__(self):
        self.audience = None
        self.new, self.retry, self.fields, self.moved, self.unchanged = set(), set(), set(), {}, set()
        self.leavers = {}
        self.joins, self.leaves = {}, {}

    @property
    def changed(self):
        return (self.fields | set(self.moved)) - self.retry


class State:
    """Receipts of one export, and the account, which is a classic one."""

    product = CLASSIC

    def __init__(self, names_kept=False, bad=()):
        self.names_kept = names_kept
        self.bad = {address.key(one) for one in bad}
        self.receipts, self.rejected_before = {}, set()
        self.contacts, self.lists = {}, {}

    def seed(self, contacts):
        """Contacts that are in the account beforehand, as `POST /_sandbox/contacts` takes them."""
        for one in contacts:
            contact = {"Email": one["Email"], "standard": {}, "custom": {}, "unsubscribed": bool(one.get("unsubscribed"))}
            for name, found in one.items():
                if name == "custom":
                    for custom, inner in found.items():
                        contact["custom"][custom.split("--", 1)[1].replace("--", " ")] = inner
                elif name not in ("Email", "lists", "unsubscribed"):
                    contact["standard"][name] = found
            key = address.key(one["Email"])
            self.contacts[key] = contact
            for title in one.get("lists", []):
                self.lists.setdefault(title, set()).add(key)

    def plan(self, rows):
        plan = Plan()
        plan.audience = audience = Audience(rows, self.product)
        for title in LISTS.values():
            plan.joins[title], plan.leaves[title] = set(), set()
        for key, person in audience.people.items():
            receipt = self.receipts.get(key)
            if receipt is None:
                (plan.retry if key in self.rejected_before else plan.new).add(key)
                for title in person.lists:
                    plan.joins[title].add(key)
                continue
            if any(receipt["fields"].get(target) != now for target, now in person.fields.items()):
                plan.fields.add(key)
            joins, leaves = person.lists - receipt["lists"], receipt["lists"] - person.lists
            if joins or leaves:
                plan.moved[key] = (joins, leaves)
            for title in joins:
                plan.joins[title].add(key)
            for title in leaves:
                plan.leaves[title].add(key)
            if key not in plan.fields and key not in plan.moved:
                plan.unchanged.add(key)
            elif key in self.rejected_before:
                plan.retry.add(key)
        for key, receipt in self.receipts.items():
            # In none of the chosen segments any more: neither the address nor the profile.
            if key in audience.people or not receipt["lists"] or receipt["customer_id"] in audience.chosen:
                continue
            plan.leavers[key] = set(receipt["lists"])
            for title in receipt["lists"]:
                plan.leaves[title].add(key)
        return plan

    def preview(self, plan):
        """The numbers that `export preview --json` must print before the plan is carried out."""
        audience = plan.audience
        return {
            "source": audience.source,
            "invalid": audience.count("invalid"),
            "duplicate": audience.count("duplicate"),
            "excluded": audience.count("excluded"),
            "new": len(plan.new),
            "changed": len(plan.changed),
            "unchanged": len(plan.unchanged),
            "retry": len(plan.retry),
            "leaving": len(plan.leavers),
            "held": 0,
            "lists": {
                title: {
                    "exists": title in self.lists,
                    "members": len(self.lists.get(title, ())),
                    "joining": len(plan.joins[title]),
                    "leaving": len(plan.leaves[title]),
                }
                for title in LISTS.values()
            },
        }

    def carry_out(self, plan):
        """Counts and fates of the run; receipts and account are as after it."""
        audience = plan.audience
        fates = {who: fate for who, fate in audience.left_out.items()}
        for title in LISTS.values():
            self.lists.setdefault(title, set())
        counts = dict.fromkeys(
            ["created", "updated", "unchanged", "rejected", "not_attempted", "leavers_removed", "leavers_kept",
             "leavers_held", "leavers_failed"], 0)
        for outcome in ("invalid", "duplicate", "excluded"):
            counts[outcome] = audience.count(outcome)
        for key, person in audience.people.items():
            fate = ("unchanged", "") if key in plan.unchanged else self._answer(key, person)
            counts[fate[0]] += 1
            fates[person.customer_id] = fate
        for key, titles in plan.leavers.items():
            for title in titles:
                self.lists[title].discard(key)
            self.receipts[key]["lists"] = set()
            counts["leavers_removed"] += 1
            fates[self.receipts[key]["customer_id"]] = ("leaver_removed", "")
        counts["source"] = audience.source
        return counts, fates

    def _answer(self, key, person):
        """The fate of somebody who is sent."""
        if key in self.bad:
            self.rejected_before.add(key)
            return "rejected", ""
        outcome = "updated" if key in self.receipts else "created"
        self._send(key, person)
        return outcome, ""

    def _send(self, key, person):
        self._write(key, person)
        self.rejected_before.discard(key)
        receipt = self.receipts.setdefault(key, {"fields": {}, "lists": set()})
        receipt["customer_id"] = person.customer_id
        receipt["fields"].update(person.fields)
        self._place(key, person)
        receipt["lists"] = set(person.lists)

    def _place(self, key, person):
        """Lists and tags; only those that a receipt holds are left."""
        for title in self.receipts.get(key, {"lists": set()})["lists"] - person.lists:
            self.lists[title].discard(key)
        for title in person.lists:
            self.lists[title].add(key)

    def _write(self, key, person):
        contact = self.contacts.setdefault(
            key, {"Email": person.email, "standard": {}, "custom": {}, "unsubscribed": False})
        for target, raw in person.fields.items():
            found = json.loads(raw)
            custom = target.startswith("custom:")
            place = contact["custom" if custom else "standard"]
            name = target.removeprefix("custom:")
            if not custom and self.names_kept and name in ("FirstName", "LastName") and name in place:
                continue
            if found in ("", None):
                place.pop(name, None)
            else:
                place[name] = found

    def least_requests(self, plan):
        """Fewer requests than this cannot carry the people."""
        people = len(plan.new) + len(plan.fields)
        return -(-people // BATCH)


if __name__ == "__main__":
    import sys
    STATE = State()
    for PATH in sys.argv[1:]:
        PLAN = STATE.plan(read(PATH))
        print(json.dumps(STATE.preview(PLAN), ensure_ascii=False))
        print(json.dumps(STATE.carry_out(PLAN)[0]))
