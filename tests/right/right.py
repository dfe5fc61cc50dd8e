"""Is it right? One export, twice, against the emulator, held against expectations of our own.

    python3 tests/right/right.py SEGUE_BINARY [--profiles N] [--seed S] [--faults JSON] [--combination all|N[,N]]
                                 [--format csv|mark|utf-16|gzip|ndjson|cdm]

Under each way in which the vendor's pages contradict each other (24 combinations): an audience of
made-up profiles, three overlapping segments, a preview, a run, a week's changes, a preview, a run.
Compared: both previews, both runs with every profile's fate, what the account holds, and the record
of every request. One line a combination; exit 1 if any failed.
"""

import argparse
import itertools
import json
import pathlib
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import address  # noqa: E402
import expect  # noqa: E402
import formats  # noqa: E402
import generate  # noqa: E402
from desk import (  # noqa: E402
    Desk, Sandbox, Trouble, has_fields, is_bulk, is_member, show, taken, was_answered, writes)

COMBINATIONS = list(itertools.product(
    ("conflict", "second"), ("overwritten", "kept"), ("honoured", "ignored"),
    ("refuses_all", "refuses_part", "silent")))
CASES = ("duplicate_list", "names", "bulk_list", "bad_row")


class Referee:
    """Collects what is not as it must be."""

    def __init__(self):
        self.differences = []

    def same(self, what, found, wanted):
        if found != wanted:
            self.differences.append(f"{what}: found {found!r}, wanted {wanted!r}")

    def none(self, what, wrong):
        wrong = list(wrong)
        if wrong:
            self.differences.append(f"{what}: {len(wrong)}, {show(wrong)}")

    def true(self, what, holds):
        if not holds:
            self.differences.append(what)


def the_key(email):
    try:
        return address.key(email)
    except address.Bad:
        return email


def seeds(people, keep_away):
    """Contacts that are in the account beforehand: some of the audience, opted out some, and strangers."""
    known = sorted(key for key, person in people.items()
                   if key not in keep_away and person.email.isascii() and person.fields.get("FirstName"))
    chosen = known[:: max(1, len(known) // 12)][:12]
    contacts = []
    for place, key in enumerate(chosen):
        contact = {"Email": people[key].email.upper(), "FirstName": f"Before {place}", "Twitter": f"@before{place}",
                   "custom": {"string--Never--sent": "stays", "integer--Score": place}}
        if place % 2:
            contact["LastName"] = "Earlier"
        if place in (1, 2):
            contact["unsubscribed"] = True
        contacts.append(contact)
    contacts.append({"Email": "stranger@elsewhere.example", "FirstName": "Stranger", "lists": ["Gold", "Other list"]})
    contacts.append({"Email": "gone@elsewhere.example", "unsubscribed": True, "lists": ["Gold"]})
    return contacts


def check_preview(referee, when, preview, wanted, plan, state):
    for name in ("source", "invalid", "duplicate", "excluded", "new", "changed", "unchanged", "retry", "leaving", "held"):
        referee.same(f"{when}: {name}", preview.get(name), wanted[name])
    lists = {one.get("title"): one for one in preview.get("lists", [])}
    referee.same(f"{when}: lists", sorted(lists), sorted(wanted["lists"]))
    for title in set(lists) & set(wanted["lists"]):
        for name, number in wanted["lists"][title].items():
            referee.same(f"{when}: list {title}, {name}", lists[title].get(name), number)
    requests, seconds = preview.get("requests"), preview.get("seconds")
    least = state.least_requests(plan)
    referee.true(f"{when}: requests {requests!r} is less than {least}", isinstance(requests, int) and requests >= least)
    referee.true(f"{when}: seconds is {seconds!r}", isinstance(seconds, (int, float)) and seconds >= 0)


def check_run(referee, when, done, counts, bad, record, verified=(True, None)):
    run = done.finished()
    referee.same(f"{when}: exit code", done.code, 3 if bad else 0)
    found = run.get("counts", {})
    for name, number in counts.items():
        referee.same(f"{when}: counts.{name}", found.get(name), number)
    classes = ("created", "updated", "unchanged", "invalid", "duplicate", "excluded", "rejected", "not_attempted")
    referee.same(f"{when}: the sum of the classes", sum(found.get(name, 0) for name in classes), found.get("source"))
    wanted = {"status": "completed_with_errors" if bad else "successful", "trigger": "command_line", "full": False,
              "late": False, "resumable": False, "export": "Weekly"}
    for name, value in wanted.items():
        referee.same(f"{when}: {name}", run.get(name), value)
    referee.true(f"{when}: verified is {run.get('verified')!r}", run.get("verified", 0) in verified)
    referee.same(f"{when}: requests and the record", run.get("requests"), len(record))
    referee.true(f"{when}: retries {run.get('retries')!r}", 0 <= run.get("retries", -1) <= len(record))
    for name in ("id", "started_at", "finished_at", "reason"):
        referee.true(f"{when}: {name} is missing", isinstance(run.get(name), str))
    return run


def check_people(referee, when, people, fates):
    """Every profile's fate. Those with nothing to send may be left out of the list."""
    found = {}
    for one in people:
        referee.true(f"{when}: {one['customer_id']} stands twice in run people", one["customer_id"] not in found)
        found[one["customer_id"]] = one
    missing = [f"{who} {fate}" for who, fate in fates.items() if who not in found and fate[0] != "unchanged"]
    referee.none(f"{when}: not in run people", missing)
    referee.none(f"{when}: in run people and should not be", [who for who in found if who not in fates])
    wrong, reasons = [], []
    for who, one in found.items():
        outcome, reason = fates.get(who, (None, ""))
        if outcome is not None and one["outcome"] != outcome:
            wrong.append(f"{who} {one['email']!r}: {one['outcome']} ({one['reason']}), wanted {outcome} ({reason})")
        elif reason and reason not in one["reason"] and "address_lost" not in one["reason"]:
            reasons.append(f"{who} {one['email']!r}: reason {one['reason']!r}, wanted {reason!r}")
    referee.none(f"{when}: another fate", wrong)
    referee.none(f"{when}: another reason", reasons)


def check_account(referee, when, account, state):
    titles = {one["list_id"]: one["title"] for one in account["lists"]}
    referee.same(f"{when}: the account's lists", sorted(titles.values()), sorted(state.lists))
    on_list = {}
    for key, contact in ((key, contact) for key, contact in state.contacts.items()):
        on_list[key] = sorted(title for title, members in state.lists.items() if key in members)
    wrong, seen = [], set()
    standing = {"contact_id", "Email", "custom", "hidden", "unsubscribed", "lists"}
    for contact in account["contacts"]:
        key = the_key(contact["Email"] or "")
        wanted = state.contacts.get(key)
        if wanted is None:
            wrong.append(f"{contact['Email']!r} should not be there")
            continue
        if key in seen:
            wrong.append(f"{contact['Email']!r} is there twice")
        seen.add(key)
        pairs = [
            ("Email", contact["Email"], wanted["Email"]),
            ("fields", {name: found for name, found in contact.items() if name not in standing}, wanted["standard"]),
            ("custom", contact["custom"], wanted["custom"]),
            ("hidden", contact["hidden"], {}),
            ("unsubscribed", contact["unsubscribed"], wanted["unsubscribed"]),
            ("lists", sorted(titles.get(one, one) for one in contact["lists"]), on_list[key]),
        ]
        for name, found, right in pairs:
            if found != right:
                wrong.append(f"{contact['Email']!r} {name}: {difference(found, right)}")
    wrong += [f"{key!r} is missing" for key in state.contacts if key not in seen]
    referee.none(f"{when}: the account", wrong)


def difference(found, wanted):
    if isinstance(found, dict) and isinstance(wanted, dict):
        names = sorted(name for name in set(found) | set(wanted) if found.get(name) != wanted.get(name))
        return ", ".join(f"{name} is {found.get(name)!r}, wanted {wanted.get(name)!r}" for name in names[:5])
    return f"is {found!r}, wanted {wanted!r}"


def check_record(referee, when, record, plan, state, combination):
    referee.none(f"{when}: a request with a wrong key", (one["path"] for one in record if not one["key_ok"]))
    referee.none(f"{when}: a path that is not the API's",
                 (one["path"] for one in record if not one["path"].startswith("/v1/")))
    bulks = [one for one in record if is_bulk(one)]
    referee.none(f"{when}: more than 100 rows", (len(one["emails"]) for one in bulks if len(one["emails"]) > 100))
    referee.none(f"{when}: a body of 1 MB", (one["body_len"] for one in bulks if one["body_len"] >= 1_000_000))
    forbidden = {"unsubscribed", "Unsubscribed", "_NewEmail", "_autopilot_session_id", "notify"}
    referee.none(f"{when}: a forbidden field", (sorted(forbidden & set(one["fields"])) for one in record
                                                if forbidden & set(one["fields"]) or one["opt_ins"]))
    referee.none(f"{when}: a method that no export needs",
                 (f"{one['method']} {one['path']}" for one in record
                  if writes(one) and not is_bulk(one) and not is_member(one)
                  and not (one["method"] == "POST" and one["path"] == "/v1/list")))
    allowed = {target for target in expect.MATCH if not target.startswith("custom:")} | {"Email", "_autopilot_list"}
    kinds = {one["name"]: one["fieldType"] for one in expect.CUSTOM_FIELDS}
    allowed |= {f"{kinds[target[7:]]}--{target[7:].replace(' ', '--')}" for target in expect.MATCH if target.startswith("custom:")}
    sent_fields = set().union(*(one["fields"] for one in bulks)) if bulks else set()
    referee.none(f"{when}: a field that is not mapped", sorted(sent_fields - allowed))

    # Each address at most once with its fields, until it is taken; only refused ones come again.
    done, again = set(), []
    for one in (one for one in bulks if has_fields(one)):
        keys = [the_key(email) for email in one["emails"]]
        again += [key for key in keys if key in done]
        if len(set(keys)) < len(keys):
            again.append(f"{one['path']} names somebody twice")
        done.update(the_key(email) for email in taken(one))
    referee.none(f"{when}: sent again though taken", again)
    touched = {the_key(email) for one in bulks for email in one["emails"]}
    must = plan.new | plan.retry | plan.fields
    may = must | set(plan.moved)
    referee.none(f"{when}: sent without a reason", sorted(touched - may))
    referee.none(f"{when}: not sent", sorted(must - touched))
    members = [one for one in record if is_member(one)]
    joined = {the_key(one["emails"][0]) for one in members if one["method"] == "POST"}
    left = {the_key(one["emails"][0]) for one in members if one["method"] == "DELETE"}
    referee.none(f"{when}: joined without a reason",
                 sorted(joined - {key for keys in plan.joins.values() for key in keys}))
    off = {key for keys in plan.leaves.values() for key in keys}
    referee.none(f"{when}: taken off without a reason", sorted(left - off))
    referee.none(f"{when}: not taken off by a call", sorted(off - left))
    if combination[2] == "ignored":
        wanted = {(title, key) for title, keys in plan.joins.items() for key in keys if key not in state.bad}
        calls = sum(1 for one in members if one["method"] == "POST" and was_answered(one))
        referee.true(f"{when}: {calls} joins by single calls, wanted {len(wanted)}", calls >= len(wanted))
    made = [one for one in record if one["method"] == "POST" and one["path"] == "/v1/list" and was_answered(one)]
    return len(made)


def one(binary, folder, combination, profiles, seed, extra, form):
    """One combination; gives the differences and a line of figures."""
    referee = Referee()
    rows = generate.generate(profiles, seed)
    later = generate.change(rows, seed)
    # What is expected is read from this file; Segue reads the same rows in another form.
    csv = folder / "customers.csv"
    generate.write(rows, csv)
    source = formats.write(rows, folder, form)

    # Whom the account refuses: somebody whom the week changes not at all.
    first, second = expect.Audience(rows), expect.Audience(later)
    same = [key for key, person in sorted(first.people.items())
            if person.email.isascii() and key in second.people and second.people[key].__dict__ == person.__dict__]
    bad_key = same[len(same) // 2]
    bad = first.people[bad_key].email
    state = expect.State(names_kept=combination[1] == "kept", bad=[bad])
    faults = {**dict(zip(CASES, combination)), "bad_addresses": [bad], "custom_fields": expect.CUSTOM_FIELDS, **extra}
    begun = time.monotonic()
    with Sandbox(binary, folder, faults) as sandbox:
        contacts = seeds(first.people, {bad_key})
        sandbox.control("POST", "contacts", contacts)
        state.seed(contacts)
        desk = Desk(binary, folder)
        flags = ["--only-if", "=".join(expect.ONLY_IF)]
        for target in sorted(expect.CLEAR_BLANK):
            flags += ["--clear-blank", target]
        for target in sorted(expect.LEAVE_OUT_UNFIT):
            flags += ["--leave-out-unfit", target]
        desk.export(sandbox, source, expect.SEGMENTS, expect.LISTS,
                    {target: column for target, (column, _) in expect.MATCH.items()}, flags=flags)
        made = 0
        seconds = []
        for turn in (1, 2):
            if turn == 2:
                generate.write(later, csv)
                formats.write(later, folder, form)
            when = f"run {turn}"
            plan = state.plan(expect.read(csv))
            wanted = state.preview(plan)
            sandbox.clear()
            before = sandbox.account()
            check_preview(referee, f"preview {turn}", desk.do("export", "preview", "Weekly"), wanted, plan, state)
            referee.none(f"preview {turn}: wrote", (f"{one['method']} {one['path']}" for one in sandbox.record() if writes(one)))
            referee.true(f"preview {turn}: the account is another one", sandbox.account() == before)
            sandbox.clear()
            started = time.monotonic()
            done = desk.run("export", "run", "Weekly", "--json")
            seconds.append(time.monotonic() - started)
            record = sandbox.record()
            counts, fates = state.carry_out(plan)
            run = check_run(referee, when, done, counts, state.bad, record)
            check_people(referee, when, desk.do("run", "people", run["id"]), fates)
            check_account(referee, when, sandbox.account(), state)
            made += check_record(referee, when, record, plan, state, combination)
        # "Gold" is there beforehand.
        referee.same("lists made", made, len(expect.LISTS) - 1)
    figures = f"{counts['source']} profiles, runs of {seconds[0]:.1f} s and {seconds[1]:.1f} s, {time.monotonic() - begun:.1f} s in all"
    return referee.differences, figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--profiles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=json.loads, default={}, help="JSON, put over the combination's faults")
    parser.add_argument("--format", default="csv", choices=list(formats.FORMS), help="of the files that Segue reads")
    parser.add_argument("--combination", default="all", help="all, or places from 0 to 23 with commas between")
    parser.add_argument("--keep", action="store_true", help="keep the folders of failed combinations")
    args = parser.parse_args()
    wrong = address.check()
    if wrong:
        print(f"the referee's own e-mail rules are wrong: {show(wrong)}")
        return 1
    places = range(len(COMBINATIONS)) if args.combination == "all" else [int(one) for one in args.combination.split(",")]
    passed = failed = 0
    for place in places:
        combination = COMBINATIONS[place]
        folder = pathlib.Path(tempfile.mkdtemp(prefix=f"segue-right-{place}-"))
        figures = ""
        try:
            differences, figures = one(args.binary.resolve(), folder, combination, args.profiles, args.seed, args.faults, args.format)
        except Trouble as trouble:
            differences = [str(trouble)]
        name = ", ".join(f"{case} {value}" for case, value in zip(CASES, combination))
        print(f"{'FAILED' if differences else 'passed'} {place:2}: {name} ({figures})", flush=True)
        for difference_found in differences[:5]:
            print(f"    {difference_found}", flush=True)
        if len(differences) > 5:
            print(f"    … and {len(differences) - 5} more", flush=True)
        passed, failed = passed + (not differences), failed + bool(differences)
        if differences and args.keep:
            print(f"    kept: {folder}")
        else:
            remove(folder)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def remove(folder):
    import shutil
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
