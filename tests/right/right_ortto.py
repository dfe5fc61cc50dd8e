"""Is it right on Ortto? One export, two or three times, against the emulator, held against expectations of our own.

    python3 tests/right/right_ortto.py SEGUE_BINARY [--profiles N] [--seed S] [--case all|NAME[,NAME]]

As right.py: an audience of made-up profiles, three overlapping segments, a preview, a run, a week's
changes, a preview, a run. In the account beforehand: some of the audience, some of them opted out of
mail or suppressed, tags with strangers on them. One person is refused by the account, one is
suppressed and unknown. One line a case; exit 1 if any failed.
"""

import argparse
import pathlib
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import address  # noqa: E402
import expect  # noqa: E402
import formats  # noqa: E402
import generate  # noqa: E402
import ortto  # noqa: E402
from desk import Desk, Sandbox, Trouble, show  # noqa: E402
from right import Referee, check_people, check_preview, check_run, difference  # noqa: E402


class Case:
    """One way for the account to answer."""

    def __init__(self, rules=(), short_in=None, bad=True, later=False, ids_known=True, **faults):
        # Rules of single requests; in which run the answers leave somebody out; what stands all the while.
        self.rules, self.short_in, self.bad, self.later, self.faults = list(rules), short_in, bad, later, faults
        # Whether the first run can learn the account's ids of all.
        self.ids_known = ids_known


def on_merges(act, **which):
    return {"on": {"path": ortto.MERGE, **which}, "do": act}


SHUFFLED = {"people_shuffled": {"seed": 7}}
CASES = {
    "orderly": Case(),
    "shuffled": Case([on_merges(SHUFFLED)]),
    "shuffled_later": Case([on_merges(SHUFFLED, **{"from": 3})], ids_known=False),
    "short_new": Case(short_in=1),
    "short_known": Case(short_in=2),
    "refuses_all": Case(mixed="refuses_all"),
    "refuses_all_shuffled": Case([on_merges(SHUFFLED)], mixed="refuses_all"),
    "one_at_a_time": Case(concurrency=1, busy="unavailable"),
    "too_many": Case(concurrency=1, busy="too_many"),
    "async_only": Case(bad=False, later=True, ids_known=False, async_only=3, async_later=2),
}


def chosen(rows, later):
    """People of the audience by what a week does to them, to be seeded or to be trouble."""
    first = expect.Audience(rows, ortto.ORTTO)
    second = expect.Audience(later, ortto.ORTTO)
    found = {"same": [], "fields": [], "moved": [], "leaves": []}
    for key, person in sorted(first.people.items()):
        if not person.email.isascii() or not person.fields.get("FirstName"):
            continue
        after = second.people.get(key)
        if after is None:
            if person.customer_id not in second.chosen:
                found["leaves"].append(person)
        elif after.fields != person.fields:
            found["fields"].append(person)
        elif after.segments != person.segments:
            found["moved"].append(person)
        elif after.__dict__ == person.__dict__:
            found["same"].append(person)
    return found


def seeds(groups, ids):
    """People in the account beforehand, of each kind one opted out; and strangers."""
    people = []
    for place, person in enumerate(one for group in groups.values() for one in group):
        fields = {"str::email": person.email.upper(), "str::first": f"Before {place}", "str::postal": "00100",
                  ids["custom:Company"]: f"Before {place} AB", ids["custom:Score"]: place,
                  "str:cm:never-sent": "stays"}
        if place % 2 == 0:
            fields["bol::p"] = False
        if place % 3 == 0:
            fields["bol::sp"] = True
        people.append({"fields": fields, "tags": ["Other tag"] if place % 2 else ["Gold"]})
    people.append({"fields": {"str::email": "stranger@elsewhere.example", "str::first": "Stranger"},
                   "tags": ["Gold", "Other tag"]})
    people.append({"fields": {"str::email": "gone@elsewhere.example", "bol::p": False}, "tags": ["Gold"]})
    return people


def check_account(referee, when, account, state, case):
    referee.none(f"{when}: what must never be", ortto.check_untouched(account))
    referee.same(f"{when}: the account's tags", sorted(one["name"] for one in account["tags"]), sorted(state.lists))
    for tag in account["tags"]:
        referee.same(f"{when}: people with the tag {tag['name']}", tag["count"], len(state.lists.get(tag["name"], ())))
    wrong, seen = [], set()
    for person in account["people"]:
        email = person["fields"].get("str::email", "")
        key = ortto.key_of(email)
        wanted = state.contacts.get(key)
        if wanted is None:
            wrong.append(f"{email!r} should not be there")
            continue
        if key in seen:
            wrong.append(f"{email!r} is there twice")
        seen.add(key)
        # By address the letters of the source go, by id none.
        fields = person["fields"] if case.ids_known else {**person["fields"], "str::email": wanted["fields"]["str::email"]}
        for name, found, right in [
            ("fields", fields, wanted["fields"]),
            ("tags", sorted(person["tags"]), state.tags_of(key)),
            ("email_permission", person["email_permission"], wanted["email_permission"]),
            ("sms_permission", person["sms_permission"], wanted["sms_permission"]),
            ("archived", person["archived"], False),
        ]:
            if found != right:
                wrong.append(f"{email!r} {name}: {difference(found, right)}")
    wrong += [f"{key!r} is missing" for key in state.contacts if key not in seen]
    referee.none(f"{when}: the account", wrong)


def check_record(referee, when, record, plan, state, who, case):
    referee.none(f"{when}: a request with a wrong key", (one["path"] for one in record if not one["key_ok"]))
    referee.none(f"{when}: a call that no export needs",
                 (f"{one['method']} {one['path']}" for one in record
                  if one["method"] != "POST" or not (ortto.is_merge(one) or one["path"] in ortto.READS)))
    merges = [one for one in record if ortto.is_merge(one)]
    referee.none(f"{when}: more than 100 rows", (one["merge"]["people"] for one in merges if one["merge"]["people"] > 100))
    referee.none(f"{when}: rows without anybody", (len(one["emails"]) for one in merges
                                                  if len(one["emails"]) != one["merge"]["people"] or not one["emails"]))
    referee.none(f"{when}: a body of 2 MB", (one["body_len"] for one in merges if one["body_len"] >= 2_000_000))
    allowed = set(state.ids.values()) | {"str::email", "str::person_id"}
    referee.none(f"{when}: a field that is not mapped",
                 (sorted(set(one["fields"]) - allowed) for one in merges if set(one["fields"]) - allowed))
    referee.none(f"{when}: rows that opt somebody in", (one["opt_ins"] for one in record if one["opt_ins"]))
    ways = []
    for one in merges:
        merge = one["merge"]
        if merge["merge_by"] not in (["str::email"], ["str::person_id"]) or merge["merge_by"][0] not in one["fields"]:
            ways.append(f"merge_by {merge['merge_by']}")
        if merge["merge_by"] == ["str::person_id"] and "str::email" in one["fields"]:
            ways.append("an address beside an id")
        found = (merge["merge_strategy"], merge["find_strategy"], merge["suppression_list_field_id"])
        if found != (2, 0, "str::email"):
            ways.append(f"strategies and suppression {found}")
        if merge["async"] and not case.later:
            ways.append("asynchronous")
        if not set(merge["tags"]) | set(merge["unset_tags"]) <= set(expect.LISTS.values()):
            ways.append(f"tags {merge['tags']} {merge['unset_tags']}")
    referee.none(f"{when}: a merge otherwise than destination-api.md 4.9", ways)

    # Each is named once until taken; only refused ones come again.
    done, again, mixed, by_address = set(), [], [], []
    leavers = set(plan.leavers)
    for one in merges:
        keys = [who.key(email) for email in one["emails"]]
        again += [key for key in keys if key in done]
        if len(set(keys)) < len(keys):
            again.append("a batch names somebody twice")
        done.update(who.key(email) for email in ortto.taken(one))
        gone = leavers & set(keys)
        if gone:
            merge = one["merge"]
            if gone != set(keys) or not merge["skip_non_existing"] or merge["tags"] \
                    or set(one["fields"]) - {"str::email", "str::person_id"}:
                mixed.append(f"{len(gone)} of {len(keys)}, skip_non_existing {merge['skip_non_existing']}, "
                             f"tags {merge['tags']}, fields {one['fields']}")
        elif one["merge"]["merge_by"] == ["str::email"]:
            by_address += [key for key in keys if key in plan.known]
    referee.none(f"{when}: sent again though taken", again)
    referee.none(f"{when}: leavers not in batches of their own that skip whom nobody knows", mixed)
    if case.ids_known:
        referee.none(f"{when}: known and yet merged by address", by_address)
    touched = {who.key(email) for one in merges for email in one["emails"]}
    must = (plan.new | plan.retry | plan.changed | leavers) - plan.refused
    referee.none(f"{when}: sent without a reason", sorted(touched - must))
    referee.none(f"{when}: not sent", sorted(must - touched))


def one(binary, folder, name, profiles, seed):
    """One case; gives the differences and a line of figures."""
    case, referee = CASES[name], Referee()
    rows = generate.generate(profiles, seed)
    later = generate.change(rows, seed)
    ortto.phones(rows)
    ortto.phones(later)
    csv = folder / "customers.csv"
    generate.write(rows, csv)
    source = formats.write(rows, folder, "csv")

    groups = chosen(rows, later)
    same = groups["same"]
    # Whom the account refuses, and whom it keeps out: the week changes neither.
    bad, suppressed, unnamed = same[len(same) // 2], same[len(same) // 3], same[len(same) // 4]
    seeded = {"same": same[:4], "fields": groups["fields"][:4], "moved": groups["moved"][:2], "leaves": groups["leaves"][:4]}
    referee.true(f"not enough of each kind: { {kind: len(of) for kind, of in groups.items()} }",
                 all(len(groups[kind]) > 2 for kind in ("same", "fields", "leaves")) and groups["moved"])
    kept_out = [suppressed.email] if case.bad else []
    # Suppressed and known: merged all the same, and not written to by anybody.
    kept_out.append(seeded["same"][0].email)
    standing = {"bad_addresses": [bad.email] if case.bad else [],
                "ortto": {"fields": ortto.FIELDS, "suppressed": kept_out, **case.faults}}
    begun = time.monotonic()
    seconds = []
    with Sandbox(binary, folder, {**standing, "faults": case.rules}) as sandbox:
        ids = ortto.ids(sandbox.ortto())
        state = ortto.State(ids, bad=standing["bad_addresses"], suppressed=kept_out)
        people = seeds(seeded, ids)
        sandbox.control("POST", "ortto/people", people)
        state.seed(people)
        desk = Desk(binary, folder)
        desk.export(sandbox, source, expect.SEGMENTS, expect.LISTS,
                    {target: column for target, (column, _) in ortto.MATCH.items()}, flags=ortto.flags(), product="ortto")
        for turn in (1, 2, 3) if case.short_in else (1, 2):
            if turn == 2:
                generate.write(later, csv)
                formats.write(later, folder, "csv")
            when = f"run {turn}"
            before = sandbox.ortto()
            plan = state.plan(expect.read(csv))
            state.unnamed = left_out(case, turn, unnamed, groups)
            named = {person["person_id"] for person in before["people"]
                     if ortto.key_of(person["fields"]["str::email"]) in state.unnamed}
            rules = [on_merges({"people_short": {"emails": sorted(named | state.unnamed)}})] if state.unnamed else case.rules
            sandbox.control("PUT", "faults", {**standing, "faults": rules})
            wanted = state.preview(plan)
            sandbox.clear()
            check_preview(referee, f"preview {turn}", desk.do("export", "preview", "Weekly"), wanted, plan, state)
            referee.none(f"preview {turn}: wrote", (one["path"] for one in sandbox.record() if ortto.writes(one)))
            after = sandbox.ortto()
            referee.same(f"preview {turn}: the people", after["people"], before["people"])
            sandbox.clear()
            started = time.monotonic()
            done = desk.run("export", "run", "Weekly", "--json")
            seconds.append(time.monotonic() - started)
            record, account = sandbox.record(), sandbox.ortto()
            counts, fates = state.carry_out(plan)
            # Whoever is there and was not confirmed is one more than the run can answer for.
            verified = (True, False, None) if state.unnamed else (True, None)
            run = check_run(referee, when, done, counts, counts["rejected"], record, verified)
            check_people(referee, when, desk.do("run", "people", run["id"]), fates)
            check_account(referee, when, account, state, case)
            check_record(referee, when, record, plan, state, ortto.Who(before, account), case)
    figures = (f"{counts['source']} profiles, runs of {' and '.join(f'{one:.1f} s' for one in seconds)}, "
               f"{time.monotonic() - begun:.1f} s in all")
    return referee.differences, figures


def left_out(case, turn, new, groups):
    """The keys of those whom the answers of this run do not name."""
    if case.short_in != turn:
        return set()
    people = [new] if turn == 1 else [groups["fields"][2], groups["fields"][-1]]
    return {address.key(person.email) for person in people}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--profiles", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", default="all", help=f"all, or of {', '.join(CASES)} with commas between")
    parser.add_argument("--keep", action="store_true", help="keep the folders of failed cases")
    args = parser.parse_args()
    names = list(CASES) if args.case == "all" else args.case.split(",")
    failed = 0
    for name in names:
        folder = pathlib.Path(tempfile.mkdtemp(prefix=f"segue-ortto-{name}-"))
        figures = ""
        try:
            differences, figures = one(args.binary.resolve(), folder, name, args.profiles, args.seed)
        except Trouble as trouble:
            differences = [str(trouble)]
        print(f"{'FAILED' if differences else 'passed'} {name} ({figures})", flush=True)
        for difference_found in differences[:8]:
            print(f"    {difference_found}", flush=True)
        if len(differences) > 8:
            print(f"    … and {len(differences) - 8} more", flush=True)
        failed += bool(differences)
        if differences and args.keep:
            print(f"    kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
