"""Never twice, never lost: kill -9 at moments spread over a run, and then held against an unkilled twin.

    python3 tests/never/kill.py SEGUE_BINARY [--product autopilot|ortto] [--kills 100] [--people N] [--seed S]
                                [--each 10] [--grace-ms 100]

Scenario: run 1 unkilled; then 40 % changed, 10 % left, 10 % joined, some moved; run 2 at 50 requests
a second (Ortto: 25) against a sandbox with 20 ms latency. An unkilled twin gives its length, in requests, and its end
state. Each scenario is killed several times on its way to the end; as many scenarios as the kills need.
The moments are spread over the length by the requests that were done, which at a fixed rate is time.
A classic run's length is in requests. On Ortto it is in merges, since each process asks much before its
first one; a row's contents are its own and those of the whole body, so that what comes again has the same bytes.

Failures: an end state other than the twin's; anything that was answered before a kill sent again; other
contents for what was open; more requests in any second than allowed; fewer than 60 % of the kills with a
request open. `--grace-ms`: an answer written so shortly before a kill counts as open: the client may not
have read and committed it.
"""

import argparse
import json
import pathlib
import random
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "right"))

import desk  # noqa: E402
import ortto  # noqa: E402
from desk import (Desk, Sandbox, Trouble, has_fields, is_bulk, is_member, most_in_a_second, show,  # noqa: E402
                  was_answered)

LATENCY_MS = 20
SEGMENTS = {"One": "Kind IN ('a', 'ab')", "Two": "Kind IN ('b', 'ab')"}

class Autopilot:
    """A classic account and its record."""

    people, rate = 2_000, 50
    match = {"FirstName": "FirstName", "LastName": "LastName", "MailingCity": "City"}
    writes = staticmethod(desk.writes)

    def __init__(self, sandbox):
        self.sandbox = sandbox

    def prepare(self, before):
        """Nothing is there beforehand."""

    def begin(self):
        self.begun = self.sandbox.seen()

    def progress(self):
        """How far a run is: its requests since `begin`."""
        return self.sandbox.seen() - self.begun

    def open(self):
        return self.sandbox.open()

    def unanswered(self, requests):
        """Of those that count as progress."""
        return [one for one in requests if not one["reply_written"]]

    def holds(self):
        """What the account holds, without ids."""
        account = self.sandbox.account()
        titles = {one["list_id"]: one["title"] for one in account["lists"]}
        contacts = {}
        for contact in account["contacts"]:
            known = {name: value for name, value in contact.items() if name not in ("contact_id", "lists")}
            known["lists"] = sorted(titles[one] for one in contact["lists"])
            if contact["Email"] in contacts:
                known["twice"] = True
            contacts[contact["Email"]] = known
        contacts["(lists)"] = sorted((one["title"], one["members"]) for one in account["lists"])
        return contacts

    def items(self):
        """Of a request the single things that it does: what, contents where the record tells, whether it was taken."""
        def of(request):
            if has_fields(request):
                hashes = request["row_hashes"] if len(request["row_hashes"]) == len(request["emails"]) else None
                said = set(desk.taken(request))
                for place, email in enumerate(request["emails"]):
                    yield ("fields", email), hashes[place] if hashes else request["body_hash"], email in said
            elif is_bulk(request):
                said = set(desk.taken(request))
                for email in request["emails"]:
                    yield ("row", email, request["list_id"]), None, email in said
            elif is_member(request):
                item = (request["method"], request["list_id"], request["emails"][0].lower())
                yield item, None, was_answered(request)
            elif desk.writes(request):
                yield (request["method"], request["path"]), request["body_hash"], was_answered(request)
        return of


class Ortto:
    """An Ortto account and its record."""

    # Two calls at a time: with more requests a second the rate would hold nothing back.
    people, rate = 6_000, 25
    match = {"FirstName": "FirstName", "LastName": "LastName", "geo::city": "City"}
    writes = staticmethod(ortto.writes)

    def __init__(self, sandbox):
        self.sandbox = sandbox

    def prepare(self, before):
        """Some of them opted out."""
        self.sandbox.control("POST", "ortto/people", [
            {"fields": {"str::email": row[1], "bol::p": False}} for row in before[::len(before) // 20]])

    def begin(self):
        self.ended, self.merges, self.underway = 0, 0, 0
        self.sandbox.clear()

    def look(self):
        """What came since the last look; only of what had not ended then, a line is read again."""
        lines = self.sandbox.raw("GET", "/_sandbox/record").splitlines()[self.ended:]
        merges, underway, whole = 0, 0, True
        for line in lines:
            request = json.loads(line)
            merges += ortto.is_merge(request)
            underway += ortto.is_merge(request) and not request["ended"]
            whole = whole and request["ended"]
            if whole:
                self.ended += 1
                self.merges += ortto.is_merge(request)
                merges -= ortto.is_merge(request)
        self.underway = underway
        return self.merges + merges

    def progress(self):
        """How far a run is: its merges since `begin`. Each process asks much before its first."""
        return self.look()

    def open(self):
        self.look()
        return self.underway

    def unanswered(self, requests):
        return [one for one in requests if not one["reply_written"] and ortto.is_merge(one)]

    def holds(self):
        """What the account holds, without ids."""
        account = self.sandbox.ortto()
        people = {}
        for person in account["people"]:
            known = {name: value for name, value in person.items() if name != "person_id"}
            known["tags"] = sorted(known["tags"])
            email = person["fields"].get("str::email")
            if email in people:
                known["twice"] = True
            people[email] = known
        people["(tags)"] = sorted((one["name"], one["count"]) for one in account["tags"])
        people["(never)"] = ortto.check_untouched(account)
        return people

    def items(self):
        """The same; each row of a merge does one thing, whether it names an address or an id."""
        who = ortto.Who(self.sandbox.ortto())

        def of(request):
            if ortto.is_merge(request):
                said = set(ortto.taken(request))
                for place, named in enumerate(request["emails"]):
                    contents = (request["row_hashes"][place], request["body_hash"])
                    yield ("row", who.key(named)), contents, named in said
            elif ortto.writes(request):
                yield (request["method"], request["path"]), request["body_hash"], was_answered(request)
        return of


PRODUCTS = {"autopilot": Autopilot, "ortto": Ortto}
# A process of `run resume` reads and plans so long, at the most, before its first request.
FIRST_REQUEST_AT_FIRST = 1.0
LONGEST_WAIT_FOR_OPEN = 1.2


def rows(people, seed):
    rng = random.Random(f"kill {seed}")
    return [[f"C{number}", f"person{number}@example.com", f"Name{number}", rng.choice(["O'Brien", "Åsa", "Lind"]),
             rng.choice(["Umeå", "Oslo", ""]), rng.choice(["a", "a", "b", "b", "ab"])] for number in range(people)]


def changed(before, seed):
    rng = random.Random(f"kill later {seed}")
    after = [list(row) for row in before]
    order = list(range(len(after)))
    rng.shuffle(order)
    tenth = len(after) // 10
    for place in order[:4 * tenth]:
        after[place][2] += " changed"
    for place in order[4 * tenth:5 * tenth]:
        after[place][5] = "none"
    for place in order[5 * tenth:5 * tenth + tenth // 2]:
        after[place][5] = {"a": "b", "b": "a", "ab": "a"}[after[place][5]]
    for number in range(tenth):
        after.append([f"J{number}", f"joined{number}@example.com", f"New{number}", "Ek", "Malmö", rng.choice(["a", "b", "ab"])])
    return after


def write(file, people):
    lines = ["CustomerId,Email,FirstName,LastName,City,Kind", *(",".join(row) for row in people)]
    temporary = file.with_suffix(".new")
    temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    temporary.replace(file)


class Stage:
    """A sandbox and a data folder, after run 1 and with the changes in the file."""

    def __init__(self, binary, folder, before, after, product):
        self.folder = folder
        csv = folder / "customers.csv"
        write(csv, before)
        self.sandbox = Sandbox(binary, folder)
        try:
            self.desk = Desk(binary, folder)
            self.product = PRODUCTS[product](self.sandbox)
            self.product.prepare(before)
            self.desk.export(self.sandbox, csv, SEGMENTS, {}, self.product.match, product=product)
            done = self.desk.run("export", "run", "Weekly", "--json")
            if done.code != 0:
                raise Trouble(f"run 1: {done}")
            self.desk.do("connection", "set", "News", "--rate", str(self.product.rate))
            write(csv, after)
            self.sandbox.control("PUT", "settings", {"latency_ms": LATENCY_MS})
            self.offset = self.sandbox.offset_ms()
            # The window of run 1 is over before the rate is watched.
            time.sleep(1.1)
            self.sandbox.clear()
            self.product.begin()
        except BaseException:
            self.close()
            raise

    def now_ms(self):
        return time.monotonic() * 1000 + self.offset

    def close(self):
        self.sandbox.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def between(found, wanted):
    return [f"{email}: {found.get(email)} and not {wanted.get(email)}"
            for email in sorted(set(found) | set(wanted)) if found.get(email) != wanted.get(email)]

# A request that its process had written when it died is read by the sandbox within this time.
ARRIVES_LATE_MS = 20


def repeats(record, items, kills, grace_ms):
    """What was sent again: without cause, with other contents, and rightly."""
    wrong, other, right = [], [], 0
    before = {}
    for request in sorted(record, key=lambda one: one["t_ms"]):
        for item, contents, accepted_now in items(request):
            for earlier, accepted, earlier_contents in before.get(item, []):
                # Was it still open, or just answered, at a kill? One that was on its way in the
                # socket when its process died arrives a moment after the kill.
                on_its_way = 0 if accepted else ARRIVES_LATE_MS
                open_at_kill = any(
                    earlier["t_ms"] <= kill + on_its_way and kill <= request["t_ms"]
                    and (not accepted or earlier["t_reply_ms"] is None or earlier["t_reply_ms"] >= kill - grace_ms)
                    for kill in kills)
                if accepted and not open_at_kill:
                    wrong.append(f"{item} sent at {earlier['t_ms']:.0f} ms, answered at {earlier['t_reply_ms']:.0f} ms, "
                                 f"again at {request['t_ms']:.0f} ms")
                elif not accepted and not open_at_kill and earlier["status"] is None:
                    wrong.append(f"{item} sent at {earlier['t_ms']:.0f} ms and, with no kill between, at {request['t_ms']:.0f} ms")
                elif contents != earlier_contents:
                    other.append(f"{item} sent at {earlier['t_ms']:.0f} ms and with other contents at {request['t_ms']:.0f} ms")
                else:
                    right += 1
            before.setdefault(item, []).append((request, accepted_now, contents))
    return wrong, other, right


def nothing_to_resume(done):
    return done.words[:2] == ("run", "resume") and done.code == 0 and '"finished"' not in done.out


class Figures:
    def __init__(self):
        self.kills = self.with_open = self.unanswered = self.unanswered_writes = self.blind = self.early = 0
        self.scenarios = self.rightly = self.most = self.requests = self.resumes = 0
        self.moments = []


def scenario(stage, number, moments, length, figures, wanted, grace_ms, kills_left, rng):
    """One run 2 with kills on its way; gives what is wrong."""
    wrong, kills = [], []
    last_seq = stage.sandbox.seen()
    # Requests that were open at a kill come again: they are no progress.
    again, ended = 0, None
    for turn, moment in enumerate(moments):
        if len(kills) >= kills_left:
            break
        words = ("export", "run", "Weekly", "--json") if turn % 2 == 0 else ("run", "resume", "--json")
        process = stage.desk.start(*words)
        started = time.monotonic()
        early = turn == 1 + number % (len(moments) - 1)
        # Before the first request of a process as well: then by time.
        wait = rng.random() * FIRST_REQUEST_AT_FIRST if early else float("inf")
        while time.monotonic() - started < wait and process.poll() is None:
            done_so_far = stage.product.progress() - again
            if not early and done_so_far >= moment:
                break
            time.sleep(0.002)
        # Each third kill is blind, the others wait for an open request.
        blind = turn % 3 == 2 or early
        is_open = stage.product.open()
        if not blind:
            until = time.monotonic() + LONGEST_WAIT_FOR_OPEN
            while not is_open and time.monotonic() < until and process.poll() is None:
                time.sleep(0.001)
                is_open = stage.product.open()
        killed = stage.desk.kill(process)
        after_kill = stage.now_ms()
        done = stage.desk.finish(process)
        if not killed:
            if nothing_to_resume(done):
                # The kill before came too early for a run to be there, or after its last word.
                continue
            # It came to its end before its moment.
            ended = done
            break
        kills.append(after_kill)
        figures.kills += 1
        figures.with_open += bool(is_open)
        figures.blind += blind
        figures.early += early
        figures.resumes += turn > 0
        stage.sandbox.quiet()
        new = [one for one in stage.sandbox.record() if one["seq"] > last_seq]
        last_seq = max([last_seq, *(one["seq"] for one in new)])
        figures.unanswered += any(not one["reply_written"] for one in new)
        figures.unanswered_writes += any(not one["reply_written"] and stage.product.writes(one) for one in new)
        figures.moments.append((stage.product.progress() - again) / length)
        again += len(stage.product.unanswered(new))

    if ended is None:
        # To the end, by either way.
        if number % 2:
            ended = stage.desk.run("run", "resume", "--json")
        if ended is None or nothing_to_resume(ended):
            ended = stage.desk.run("export", "run", "Weekly", "--json")
    if ended.code != 0:
        wrong.append(f"the last start did not come to its end: {ended}")
    else:
        try:
            found = ended.finished()
            # Skipped: a kill came after the run was over and before it said so.
            if found["status"] not in ("successful", "skipped"):
                wrong.append(f"the last run is {found['status']}: {found['reason']}")
        except Trouble as trouble:
            wrong.append(str(trouble))
    stage.sandbox.quiet()
    record = stage.sandbox.record()
    again, other, right = repeats(record, stage.product.items(), kills, grace_ms)
    figures.rightly += right
    figures.requests += len(record)
    most = most_in_a_second(record)
    figures.most = max(figures.most, most)
    if again:
        wrong.append(f"sent again without cause: {len(again)}, {show(again)}")
    if other:
        wrong.append(f"sent again with other contents: {len(other)}, {show(other)}")
    if most > stage.product.rate:
        wrong.append(f"{most} requests in one second, {stage.product.rate} are allowed")
    differences = between(stage.product.holds(), wanted)
    if differences:
        wrong.append(f"the account is not the twin's: {len(differences)}, {show(differences)}")
    # Nothing is left to do.
    stage.sandbox.clear()
    rest = stage.desk.run("export", "run", "Weekly", "--json")
    late = [f"{one['method']} {one['path']}" for one in stage.sandbox.record() if stage.product.writes(one)]
    if rest.code != 0 or late:
        wrong.append(f"another run still writes: {show(late)}; exit {rest.code}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--product", choices=list(PRODUCTS), default="autopilot")
    parser.add_argument("--people", type=int, help="default 2,000, of Ortto 6,000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=10, help="kills in one scenario, at most")
    parser.add_argument("--grace-ms", type=float, default=100)
    args = parser.parse_args()
    binary = args.binary.resolve()
    before = rows(args.people or PRODUCTS[args.product].people, args.seed)
    after = changed(before, args.seed)
    begun = time.monotonic()

    def stage():
        return Stage(binary, pathlib.Path(tempfile.mkdtemp(prefix="segue-kill-")), before, after, args.product)

    try:
        twin = stage()
    except Trouble as trouble:
        print(f"FAILED: {trouble}")
        return 1
    try:
        started = time.monotonic()
        done = twin.desk.run("export", "run", "Weekly", "--json")
        seconds, length = time.monotonic() - started, twin.product.progress()
        if done.code != 0:
            print(f"FAILED: the twin: {done}")
            return 1
        counts = done.finished()["counts"]
        wanted = twin.product.holds()
        record = twin.sandbox.record()
        most = most_in_a_second(record)
    finally:
        twin.close()
    print(f"the twin: {seconds:.1f} s, {len(record)} requests, at most {most} in a second, "
          f"{counts['created']} created, {counts['updated']} updated, {counts['leavers_removed']} left", flush=True)
    wrong = [f"the twin sent {most} in a second"] if most > PRODUCTS[args.product].rate else []
    figures, rng = Figures(), random.Random(args.seed)
    scenarios = -(-args.kills // args.each)
    number = 0
    while figures.kills < args.kills and number < 4 * scenarios and len(wrong) < 20:
        # The moments of all scenarios together are spread evenly over the length.
        shift = (number % scenarios + 0.5) / scenarios
        moments = [length * (place + shift) / args.each for place in range(args.each)]
        try:
            one = stage()
        except Trouble as trouble:
            wrong.append(str(trouble))
            break
        try:
            kills = figures.kills
            found = scenario(one, number, moments, length, figures, wanted, args.grace_ms, args.kills - figures.kills, rng)
            print(f"{'FAILED' if found else 'passed'} scenario {number + 1}: {figures.kills - kills} kills", flush=True)
            for line in found:
                print(f"    {line}", flush=True)
            wrong += found
        except Trouble as trouble:
            print(f"FAILED scenario {number + 1}: {trouble}", flush=True)
            wrong.append(str(trouble))
        finally:
            one.close()
        number += 1
        figures.scenarios = number
    share = figures.with_open / figures.kills if figures.kills else 0
    if figures.kills < args.kills:
        wrong.append(f"only {figures.kills} kills of {args.kills}")
    if share < 0.6:
        wrong.append(f"a request was open at {share:.0%} of the kills, 60 % are wanted")
    tenths = [sum(1 for moment in figures.moments if min(int(moment * 10), 9) == place) for place in range(10)]
    if figures.kills >= 100 and min(tenths) < 3:
        wrong.append(f"the kills are not spread over the length: {tenths}")
    print(f"kills: {figures.kills} in {figures.scenarios} scenarios ({figures.resumes} of resumed processes, "
          f"{figures.blind} blind, {figures.early} before the first request), {figures.with_open} with an open request "
          f"({share:.0%}), {figures.unanswered} left one unanswered, {figures.unanswered_writes} one that writes")
    print(f"by tenths of the run's length: {tenths}")
    print(f"requests: {figures.requests}, at most {figures.most} in a second; sent again rightly: {figures.rightly}")
    print(f"{time.monotonic() - begun:.0f} s in all")
    for line in wrong:
        print(f"WRONG: {line}")
    print("FAILED" if wrong else "passed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
