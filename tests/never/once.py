"""Never twice: one person is refused, later healed; the others are not sent a second time.

    python3 tests/never/once.py SEGUE_BINARY [--product autopilot|ortto]

200 people in two overlapping segments, one of them refused by the account: with their whole batch, with
the good rows stored all the same, and silently. The first run ends with 199 and 1 rejected, exit 3. The
account is healed; a plain `export run` brings 200, and nothing that was accepted is delivered again.
On Ortto: with their whole batch, by a row of a 200, also in another order, and by saying nothing of
somebody who was stored. And: killed long after all merges were answered, while the account still owes
it whose the ids in the answers are, it delivers nothing again (rule 9).
"""

import argparse
import pathlib
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "right"))

import ortto  # noqa: E402
from desk import Desk, Sandbox, Trouble, has_fields, is_bulk, is_member, show, taken, was_answered  # noqa: E402

SEGMENTS = {"One": "Number <= 140", "Two": "Number > 60"}
BAD = "person100@example.com"


def lists_of(number):
    return {title for title, holds in (("One", number <= 140), ("Two", number > 60)) if holds}


class Autopilot:
    ways = {one: {"bad_row": one, "bad_addresses": [BAD]} for one in ("refuses_all", "refuses_part", "silent")}

    @staticmethod
    def people(sandbox):
        """Of each who is in the account: the address, the first name, the lists."""
        account = sandbox.account()
        titles = {one["list_id"]: one["title"] for one in account["lists"]}
        return [(one["Email"], one.get("FirstName"), {titles[of] for of in one["lists"]}) for one in account["contacts"]]

    @staticmethod
    def deliveries(sandbox, record):
        """What was delivered to whom, and whether it was accepted."""
        for request in record:
            done_for = set(taken(request))
            for email in request["emails"] if is_bulk(request) else ():
                yield ("fields" if has_fields(request) else f"row {request['list_id']}", email), email in done_for
            if is_member(request):
                yield (request["method"], request["list_id"], request["emails"][0]), was_answered(request)


def on_merges(act):
    return {"on": {"path": ortto.MERGE}, "do": act}


class Ortto:
    ways = {
        "refuses_all": {"bad_addresses": [BAD], "ortto": {"mixed": "refuses_all"}},
        "refuses_part": {"bad_addresses": [BAD]},
        "refuses_part, shuffled": {"bad_addresses": [BAD], "faults": [on_merges({"people_shuffled": {"seed": 3}})]},
        "silent, stored": {"faults": [on_merges({"people_short": {"emails": [BAD]}})]},
    }

    @staticmethod
    def people(sandbox):
        return [(one["fields"]["str::email"], one["fields"].get("str::first"), set(one["tags"]))
                for one in sandbox.ortto()["people"]]

    @staticmethod
    def deliveries(sandbox, record):
        who = ortto.Who(sandbox.ortto())
        for request in filter(ortto.is_merge, record):
            done_for = set(ortto.taken(request))
            for named in request["emails"]:
                yield ("row", who.key(named)), named in done_for


PRODUCTS = {"autopilot": Autopilot, "ortto": Ortto}


def scenario(binary, folder, product, way):
    wrong, of = [], PRODUCTS[product]
    csv = folder / "customers.csv"
    lines = ["CustomerId,Email,FirstName,Number"]
    lines += [f"C{number},person{number}@example.com,Name{number},{number}" for number in range(1, 201)]
    csv.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with Sandbox(binary, folder, of.ways[way]) as sandbox:
        desk = Desk(binary, folder)
        desk.export(sandbox, csv, SEGMENTS, {}, {"FirstName": "FirstName"}, product=product)
        sandbox.clear()
        for turn, code, counts, people in (
            (1, 3, {"source": 200, "created": 199, "rejected": 1, "updated": 0, "unchanged": 0, "not_attempted": 0},
             200 if "stored" in way else 199),
            (2, 0, {"source": 200, "created": 1, "rejected": 0, "updated": 0, "unchanged": 199, "not_attempted": 0}, 200),
            (3, 0, {"source": 200, "created": 0, "rejected": 0, "updated": 0, "unchanged": 200, "not_attempted": 0}, 200),
        ):
            if turn == 2:
                sandbox.control("PUT", "faults", {})
            done = desk.run("export", "run", "Weekly", "--json")
            if done.code != code:
                wrong.append(f"run {turn}: exit {code} was wanted: {done}")
            run = done.finished()
            for name, number in counts.items():
                if run["counts"].get(name) != number:
                    wrong.append(f"run {turn}: {name} is {run['counts'].get(name)!r}, wanted {number}")
            there = of.people(sandbox)
            if len(there) != people:
                wrong.append(f"run {turn}: {len(there)} contacts, wanted {people}")
            astray = []
            for email, name, lists in there:
                number = int(email.removeprefix("person").partition("@")[0])
                if lists != lists_of(number) or name != f"Name{number}":
                    astray.append(f"{email} {name} {lists}")
            if astray:
                wrong.append(f"run {turn}: {len(astray)} are not as they should be, {show(astray)}")
        record = sandbox.record()
        deliveries = list(of.deliveries(sandbox, record))
        if product == "ortto":
            wrong += ortto.check_untouched(sandbox.ortto())
    accepted, again = set(), []
    for item, is_accepted in deliveries:
        if item in accepted:
            again.append(item)
        if is_accepted:
            accepted.add(item)
    if again:
        wrong.append(f"delivered again though accepted: {len(again)}, {show(again)}")
    tries = sum(1 for item, _ in deliveries if BAD in item and item[0] in ("fields", "row"))
    return wrong, f"{len(record)} requests, {tries} with the refused person"


def asks_whose(binary, folder):
    """Merges are answered, questions about ids hang, kill -9, resume."""
    wrong, of = [], Ortto
    csv = folder / "customers.csv"
    lines = ["CustomerId,Email,FirstName,Number"]
    lines += [f"C{number},person{number}@example.com,Name{number},{number}" for number in range(1, 201)]
    csv.write_text("\n".join(lines) + "\n", encoding="utf-8")
    hang = {"on": {"path": "/v1/person/get-by-ids"}, "do": "hang"}
    with Sandbox(binary, folder, {"faults": [hang]}) as sandbox:
        desk = Desk(binary, folder)
        desk.export(sandbox, csv, SEGMENTS, {}, {"FirstName": "FirstName"}, product="ortto")
        sandbox.clear()
        process = desk.start("export", "run", "Weekly", "--json")
        until = time.monotonic() + 20
        while sum(map(was_answered, filter(ortto.is_merge, sandbox.record()))) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        # Long enough to commit what was answered.
        time.sleep(1.5)
        answered = [item for item, accepted in of.deliveries(sandbox, sandbox.record()) if accepted]
        desk.kill(process)
        desk.finish(process)
        sandbox.control("PUT", "faults", {})
        sandbox.quiet()
        sandbox.clear()
        done = desk.run("run", "resume", "--json")
        if done.code != 0:
            wrong.append(f"resume: {done}")
        record = sandbox.record()
        again = sorted({item for item, _ in of.deliveries(sandbox, record)} & set(answered))
        if again:
            wrong.append(f"answered long before the kill and sent again: {len(again)}, {show(again)}")
        if len(answered) != 200 or len(of.people(sandbox)) != 200:
            wrong.append(f"{len(answered)} were answered, {len(of.people(sandbox))} are there")
    return wrong, f"{len(answered)} answered"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--product", choices=list(PRODUCTS), default="autopilot")
    args = parser.parse_args()
    failed = 0
    ways = PRODUCTS[args.product].ways
    runs = {way: lambda folder, way=way: scenario(args.binary.resolve(), folder, args.product, way) for way in ways}
    if args.product == "ortto":
        runs["killed while it asks whose the ids are"] = lambda folder: asks_whose(args.binary.resolve(), folder)
    for way, play in runs.items():
        folder = pathlib.Path(tempfile.mkdtemp(prefix="segue-once-"))
        figures = ""
        try:
            wrong, figures = play(folder)
        except Trouble as trouble:
            wrong = [str(trouble)]
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(f"{'FAILED' if wrong else 'passed'}: {way} ({figures})", flush=True)
        for line in wrong:
            print(f"    {line}")
        failed += bool(wrong)
    print(f"{len(runs) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
