"""What is another matter on Ortto: the mapping, the values, the account, and how its record is read.

The expectations are written from `destination-api.md` 3 and 4, not from the engine.
"""

import decimal
import json
import re

import address
import expect
from desk import was_answered

MERGE = "/v1/person/merge"
READS = {f"/v1/{path}" for path in ("person/get", "person/get-by-ids", "person/subscriptions",
                                    "person/custom-field/get", "tags/get")}

MATCH = {
    "FirstName": ("FirstName", "text"),
    "LastName": ("LastName", "text"),
    "phn::phone": ("Phone", "phone"),
    "geo::city": ("City", "place"),
    "geo::country": ("Country", "place"),
    "dtz::b": ("Born", "date"),
    "custom:Company": ("Company", "text"),
    "custom:Score": ("Score", "integer"),
    "custom:NPS Rating": ("Rating", "decimal"),
    "custom:Newsletter": ("Newsletter", "boolean"),
    "custom:Born (day)": ("Born", "date"),
    "custom:Note": ("Note", "long text"),
}
FIELDS = [
    {"type": "text", "name": "Company"},
    {"type": "integer", "name": "Score"},
    {"type": "decimal", "name": "NPS Rating"},
    {"type": "bool", "name": "Newsletter"},
    {"type": "date", "name": "Born (day)"},
    {"type": "large_text", "name": "Note"},
    {"type": "text", "name": "Never sent"},
]
CLEAR_BLANK = {"custom:Company"}
LEAVE_OUT_UNFIT = {"custom:NPS Rating", "custom:Newsletter", "phn::phone"}
STANDARD = {"FirstName": "str::first", "LastName": "str::last"}


def ids(account):
    """The field id of each target. Those of custom fields are read, never made from names (3.2)."""
    customs = {f"custom:{one['name']}": one["id"] for one in account["fields"]}
    return {target: STANDARD.get(target) or customs.get(target) or target for target in MATCH}


def flags():
    words = ["--only-if", "=".join(expect.ONLY_IF)]
    for target in sorted(CLEAR_BLANK):
        words += ["--clear-blank", target]
    for target in sorted(LEAVE_OUT_UNFIT):
        words += ["--leave-out-unfit", target]
    return words


def phones(rows):
    """The made-up telephone numbers with country codes, in the forms in which people write them."""
    for place, row in enumerate(sorted(rows, key=lambda one: one["CustomerId"])):
        cell = row["Phone"]
        if cell.startswith("0046"):
            row["Phone"] = "0046 70-12 3" + cell[4:]
        elif cell.startswith("07"):
            form = sum(row["CustomerId"].encode()) % 6
            rest = cell[1:]
            row["Phone"] = [f"+46{rest}", f"0046{rest}", f"+46 (0){rest[:2]}-{rest[2:5]} {rest[5:]}",
                            f"+46 {rest[:2]} {rest[2:]}", cell, f"+46{rest} ext 5"][form]


def value(cell, kind):
    """The JSON text that is sent for a cell that is not blank (3.2)."""
    if kind in ("text", "long text"):
        if len(cell) > (255 if kind == "text" else 4000):
            raise expect.Unfit("too_long")
        return expect.value(cell, "text")
    if kind == "place":
        return f'{{"name":{value(cell, "text")}}}'
    if kind == "decimal":
        # Thousandths as a whole number, half to even.
        if not expect.NUMBER.fullmatch(cell):
            raise expect.Unfit("not_a_number")
        number = decimal.Decimal(cell)
        if abs(number) > 2 ** 53:
            raise expect.Unfit("out_of_range")
        return str(int((number * 1000).quantize(decimal.Decimal(1), decimal.ROUND_HALF_EVEN)))
    if kind == "date":
        year, month, day = json.loads(expect.value(cell, "date")).split("-")
        return f'{{"year":{int(year)},"month":{int(month)},"day":{int(day)},"timezone":"UTC"}}'
    if kind == "phone":
        digits = re.sub(r"[ ()\-]", "", cell.replace("(0)", ""))
        if re.fullmatch(r"[0-9]+", digits) and not digits.startswith("00"):
            raise expect.Unfit("no_country_code")
        found = re.fullmatch(r"(?:\+|00)([1-9][0-9]{6,14})", digits)
        if not found:
            raise expect.Unfit("not_a_phone_number")
        return f'{{"phone":"+{found[1]}","parse_with_country_code":true}}'
    return expect.value(cell, kind)


ORTTO = expect.Product(MATCH, CLEAR_BLANK, LEAVE_OUT_UNFIT, value, lambda kind: "null")


class State(expect.State):
    """Receipts of one export, and the Ortto account: people with permissions, lists are tags."""

    product = ORTTO

    def __init__(self, ids, bad=(), suppressed=()):
        super().__init__(bad=bad)
        self.ids = ids
        self.suppressed = {address.key(one) for one in suppressed}
        # Those whom the next answers do not name, though they were carried out.
        self.unnamed = set()
        # How often each was refused with the same contents.
        self.refusals = {}

    def seed(self, people):
        """People that are in the account beforehand, as `POST /_sandbox/ortto/people` takes them."""
        for one in people:
            fields = dict(one["fields"])
            permission = fields.pop("bol::p", True)
            messages = fields.pop("bol::sp", False)
            key = address.key(fields["str::email"])
            self.contacts[key] = {"fields": fields, "email_permission": permission, "sms_permission": messages}
            for title in one.get("tags", []):
                self.lists.setdefault(title, set()).add(key)

    def plan(self, rows):
        plan = super().plan(rows)
        plan.known = set(self.receipts)
        # Refused twice with the same contents: not sent again (rule 10), and counted among those to be retried.
        plan.refused = {key for key in plan.retry if self.refusals.get(key) == (2, plan.audience.people[key].fields)}
        for keys in (*plan.joins.values(), *plan.leaves.values()):
            keys -= plan.refused
        return plan

    def tags_of(self, key):
        return sorted(title for title, members in self.lists.items() if key in members)

    def _reject(self, key, person):
        times, fields = self.refusals.get(key, (0, None))
        self.refusals[key] = (min(times + 1, 2) if fields == person.fields else 1, person.fields)
        self.rejected_before.add(key)
        return "rejected", ""

    def _answer(self, key, person):
        if key in self.bad:
            return self._reject(key, person)
        if key in self.suppressed and key not in self.contacts:
            return "excluded", "suppressed"
        if key in self.unnamed:
            # A 2xx is no success until it says so of this person (rule 8).
            self._write(key, person)
            self._place(key, person)
            return self._reject(key, person)
        return super()._answer(key, person)

    def _write(self, key, person):
        known = key in self.receipts
        contact = self.contacts.setdefault(key, {"fields": {}, "email_permission": True, "sms_permission": False})
        fields = contact["fields"]
        if not known:
            # By the account's id no address goes: it is theirs to change.
            fields["str::email"] = person.email
        for target, raw in person.fields.items():
            found = json.loads(raw)
            if found is None:
                fields.pop(self.ids[target], None)
            else:
                fields[self.ids[target]] = found

    def least_requests(self, plan):
        people = len(plan.new) + len(plan.changed) + len(plan.retry)
        return -(-people // expect.BATCH) + -(-len(plan.leavers) // expect.BATCH)


# --- the record ----------------------------------------------------------------------------------

def is_merge(request):
    return request["path"] == MERGE


def writes(request):
    """All else only reads, though it is POST too."""
    return request["path"] not in READS


def taken(request):
    """Those whom the account said it took, as sent: addresses or ids."""
    if not (is_merge(request) and was_answered(request)):
        return []
    not_taken = set(request["unnamed"]) | set(request["refused"])
    return [who for who in request["emails"] if who not in not_taken]


class Who:
    """Canonical addresses of those whom a record names by address or id."""

    def __init__(self, *accounts):
        self.by_id = {}
        for account in accounts:
            for person in account["people"]:
                self.by_id[person["person_id"]] = key_of(person["fields"].get("str::email", ""))

    def key(self, who):
        return self.by_id.get(who) or key_of(who)


def key_of(email):
    try:
        return address.key(email)
    except address.Bad:
        return email


def check_untouched(account):
    """What must never be, whatever an export does."""
    return [f"{what} is {account[what]}" for what in ("opt_ins", "resubscribed", "banned", "queued") if account[what]]
