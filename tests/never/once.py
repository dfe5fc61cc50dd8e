"""Never twice: one person is refused, later healed; the others are not sent a second time.

    python3 tests/never/once.py SEGUE_BINARY

200 people in two overlapping segments, one of them refused by the account: with their whole batch, with
the good rows stored all the same, and silently. The first run ends with 199 and 1 rejected, exit 3. The
account is healed; a plain `export run` brings 200, and nothing that was accepted is delivered again.
"""

import argparse
import pathlib
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "right"))

from desk import Desk, Sandbox, Trouble, has_fields, is_bulk, is_member, show, taken, was_answered  # noqa: E402

SEGMENTS = {"One": "Number <= 140", "Two": "Number > 60"}
BAD = "person100@example.com"


def lists_of(number):
    return {title for title, holds in (("One", number <= 140), ("Two", number > 60)) if holds}


def scenario(binary, folder, bad_row):
    wrong = []
    csv = folder / "customers.csv"
    lines = ["CustomerId,Email,FirstName,Number"]
    lines += [f"C{number},person{number}@example.com,Name{number},{number}" for number in range(1, 201)]
    csv.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with Sandbox(binary, folder, {"bad_row": bad_row, "bad_addresses": [BAD]}) as sandbox:
        desk = Desk(binary, folder)
        desk.export(sandbox, csv, SEGMENTS, {}, {"FirstName": "FirstName"})
        sandbox.clear()
        for turn, code, counts, people in (
            (1, 3, {"source": 200, "created": 199, "rejected": 1, "updated": 0, "unchanged": 0, "not_attempted": 0}, 199),
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
            account = sandbox.account()
            if len(account["contacts"]) != people:
                wrong.append(f"run {turn}: {len(account['contacts'])} contacts, wanted {people}")
            titles = {one["list_id"]: one["title"] for one in account["lists"]}
            astray = []
            for contact in account["contacts"]:
                number = int(contact["Email"].removeprefix("person").partition("@")[0])
                if {titles[one] for one in contact["lists"]} != lists_of(number) or contact.get("FirstName") != f"Name{number}":
                    astray.append(f"{contact['Email']} {contact.get('FirstName')} {contact['lists']}")
            if astray:
                wrong.append(f"run {turn}: {len(astray)} are not as they should be, {show(astray)}")
        record = sandbox.record()
    accepted, again = set(), []
    for request in record:
        if is_bulk(request):
            done_for = set(taken(request))
            for email in request["emails"]:
                item = ("fields" if has_fields(request) else f"row {request['list_id']}", email)
                if item in accepted:
                    again.append(item)
                if email in done_for:
                    accepted.add(item)
        elif is_member(request):
            item = (request["method"], request["list_id"], request["emails"][0])
            if item in accepted:
                again.append(item)
            if was_answered(request):
                accepted.add(item)
    if again:
        wrong.append(f"delivered again though accepted: {len(again)}, {show(again)}")
    tries = sum(1 for request in record if is_bulk(request) and BAD in request["emails"])
    return wrong, f"{len(record)} requests, {tries} with the refused person"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    args = parser.parse_args()
    failed = 0
    ways = ("refuses_all", "refuses_part", "silent")
    for bad_row in ways:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="segue-once-"))
        figures = ""
        try:
            wrong, figures = scenario(args.binary.resolve(), folder, bad_row)
        except Trouble as trouble:
            wrong = [str(trouble)]
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(f"{'FAILED' if wrong else 'passed'}: {bad_row} ({figures})", flush=True)
        for line in wrong:
            print(f"    {line}")
        failed += bool(wrong)
    print(f"{len(ways) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
