"""What people did by hand in an Ortto account stays done: opt-outs, deletions, other addresses; and what its
answers do not say is not taken for said.

    python3 tests/right/by_hand.py SEGUE_BINARY [--profiles N] [--case all|NAME[,NAME]]

Small stories with a few named people among N others, each against an account of its own. One line a
story; exit 1 if any failed.
"""

import argparse
import pathlib
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True

import ortto  # noqa: E402
from desk import Desk, Sandbox, Trouble, show  # noqa: E402
from right import Referee  # noqa: E402

SEGMENTS = {"One": "Kind IN ('a', 'ab')", "Two": "Kind IN ('b', 'ab')"}
MATCH = {"FirstName": "FirstName", "geo::city": "City"}


class Story:
    """An account, an export of some people, and what they are now."""

    def __init__(self, binary, folder, profiles, faults=None):
        self.referee, self.folder = Referee(), folder
        self.people = {f"p{number}": [f"C{number:05}", f"p{number}@example.com", f"Name{number}", "Umeå",
                                      ("a", "b", "ab")[number % 3]] for number in range(profiles)}
        self.csv = folder / "customers.csv"
        self.write()
        self.sandbox = Sandbox(binary, folder, faults)
        self.desk = Desk(binary, folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sandbox.stop()

    def write(self):
        lines = ["CustomerId,Email,FirstName,City,Kind", *(",".join(row) for row in self.people.values())]
        temporary = self.csv.with_suffix(".new")
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
        temporary.replace(self.csv)

    def change(self, name, email=None, first=None, kind=None):
        row = self.people[name]
        row[1], row[2], row[4] = email or row[1], first or row[2], kind or row[4]

    def seed(self, *names, **fields):
        self.sandbox.control("POST", "ortto/people", [
            {"fields": {"str::email": self.people[name][1], **fields}, "tags": ["Of theirs"]} for name in names])

    def export(self):
        self.desk.export(self.sandbox, self.csv, SEGMENTS, {}, MATCH, product="ortto")

    def run(self, *flags, code=0):
        """A run with what is in the file now; gives the run, everybody's fate and the merges."""
        self.write()
        self.sandbox.clear()
        done = self.desk.run("export", "run", "Weekly", *flags, "--json")
        self.referee.same(f"exit code of {' '.join(flags) or 'a run'} ({done.err[-300:].strip()})", done.code, code)
        run = done.finished()
        fates = {one["email"]: one for one in self.desk.do("run", "people", run["id"])}
        return done, run, fates, [one for one in self.sandbox.record() if ortto.is_merge(one)]

    def there(self):
        return {one["fields"]["str::email"]: one for one in self.sandbox.ortto()["people"]}

    def fate(self, when, fates, email, outcome, reason=""):
        found = fates.get(email, {"outcome": "unchanged", "reason": ""})
        same = found["outcome"] == outcome and reason in found["reason"]
        self.referee.true(f"{when}: {email} is {found['outcome']} ({found['reason']}), wanted {outcome} ({reason})", same)

    def is_right(self, when, name, tags=None):
        """The person is in the account with the fields and tags of the file."""
        _, email, first, city, kind = self.people[name]
        person = self.there().get(email)
        if person is None:
            self.referee.true(f"{when}: {email} is missing", False)
            return
        self.referee.same(f"{when}: {email} first name", person["fields"].get("str::first"), first)
        self.referee.same(f"{when}: {email} city", person["fields"].get("geo::city"), {"name": city})
        wanted = sorted({"a": ["One"], "b": ["Two"], "ab": ["One", "Two"]}.get(kind, []))
        self.referee.same(f"{when}: {email} tags", sorted(set(person["tags"]) - {"Of theirs"}), wanted)

    def named(self, *emails):
        """Where an address stands in what was said or logged."""
        texts = [path for path in (self.folder / "data").rglob("*.log*") if path.is_file()]
        return [f"{email} in {path.name}" for path in texts for email in emails
                if email in path.read_text(encoding="utf-8", errors="replace")]


def known_reset(binary, folder, profiles):
    """The account subscribes those again whom it knows: the run stops after its first call and says why."""
    with Story(binary, folder, profiles, {"ortto": {"permission": "reset_known"}}) as story:
        referee = story.referee
        out = ["p7", "p500", "p900"]
        story.seed(*out, **{"bol::p": False, "str::first": "Before"})
        story.seed("p8", **{"str::first": "Before"})
        story.export()
        done, run, fates, merges = story.run(code=1)
        referee.same("status", run["status"], "failed")
        referee.true(f"the reason does not say opt_out_undone: {run['reason']!r} {done.err[-400:]!r}",
                     "opt_out_undone" in run["reason"] + done.err)
        referee.same("merges", len(merges), 1)
        sent = {email for one in merges for email in one["emails"]}
        referee.none("in the account though not sent", set(story.there()) - sent - {story.people[one][1] for one in [*out, "p8"]})
        emails = [story.people[one][1] for one in out]
        referee.none("named in what was said", [one for one in emails if one in done.out + done.err + run["reason"]])
        referee.none("named in a log", story.named(*emails))
        account = story.sandbox.ortto()
        referee.same("opted in", account["opt_ins"], 0)
        undone = account["resubscribed"]
        referee.true(f"{undone} opt-outs were undone by one call", 1 <= undone <= len(set(emails) & sent))
        # Whatever stands is in order; and the account is not trusted because it was caught once.
        done, again, _, merges = story.run(code=1)
        referee.same("the next run: status", again["status"], "failed")
        referee.same("opt-outs undone by the next run", story.sandbox.ortto()["resubscribed"] - undone, 0)
        return referee.differences


def known_reset_one(binary, folder, profiles):
    """The same with one person who opted out, wherever in the order they stand."""
    wrong = []
    for place in range(5):
        inner = folder / str(place)
        inner.mkdir()
        with Story(binary, inner, profiles, {"ortto": {"permission": "reset_known"}}) as story:
            name = f"p{(place * 2 + 1) * profiles // 10}"
            story.seed(name, **{"bol::p": False})
            story.export()
            _, run, _, merges = story.run(code=1)
            story.referee.same("merges", len(merges), 1)
            story.referee.true(f"the reason is {run['reason']!r}", "opt_out_undone" in run["reason"])
            wrong += [f"{name} alone: {one}" for one in story.referee.differences]
    return wrong


def known_reset_leaver(binary, folder, profiles):
    """Somebody who opted out leaves: the call that takes the tag off subscribes them again."""
    with Story(binary, folder, profiles) as story:
        referee = story.referee
        story.seed("p7", **{"bol::p": False})
        story.export()
        story.run()
        story.sandbox.control("PUT", "faults", {"ortto": {"permission": "reset_known"}})
        for name in ("p7", "p8", "p9"):
            story.change(name, kind="none")
        _, run, fates, merges = story.run(code=1)
        referee.true(f"the reason is {run['reason']!r}", "opt_out_undone" in run["reason"])
        referee.true(f"{len(merges)} merges", len(merges) <= 1)
        return referee.differences


def new_people(binary, folder, profiles):
    """New people are subscribed by the account; who opted out or is suppressed stays so, over all kinds of change."""
    with Story(binary, folder, profiles) as story:
        referee = story.referee
        out = ["p1", "p2", "p3", "p4", "p5"]
        story.seed(*out, **{"bol::p": False})
        story.sandbox.control("POST", "ortto/suppressed", [story.people[one][1] for one in ("p5", "p6")])
        story.export()
        _, _, fates, _ = story.run()
        story.fate("run 1", fates, story.people["p6"][1], "excluded", "suppressed")
        for turn, change in ((2, {"p1": {"first": "New"}, "p2": {"kind": "none"}, "p3": {"kind": "ab"}}),
                             (3, {"p2": {"kind": "ab"}, "p4": {"first": "New", "kind": "a"}, "p5": {"first": "New"}})):
            for name, changed in change.items():
                story.change(name, **changed)
            _, _, fates, _ = story.run()
            for name in change:
                outcome = "leaver_removed" if change[name].get("kind") == "none" else "updated"
                story.fate(f"run {turn}", fates, story.people[name][1], outcome)
                story.is_right(f"run {turn}", name)
        story.run("--full")
        there = story.there()
        referee.none("no longer opted out", [one for one in out if there[story.people[one][1]]["email_permission"]])
        referee.true("the suppressed person was made", story.people["p6"][1] not in there)
        referee.none("never", ortto.check_untouched(story.sandbox.ortto()))
        return referee.differences


def deleted(binary, folder, profiles):
    """Deleted by hand: not created again by leaving, by a change or by moving; only where the user wants it."""
    with Story(binary, folder, profiles) as story:
        referee = story.referee
        story.export()
        story.run()
        leaves, changed, moved, same, opened = names = ["p10", "p11", "p12", "p13", "p14"]
        emails = {name: story.people[name][1] for name in names}
        for name in names[:-1]:
            story.sandbox.control("DELETE", f"ortto/people/{emails[name]}")
        story.change(leaves, kind="none")
        story.change(changed, first="Changed")
        story.change(moved, kind="ab" if story.people[moved][4] != "ab" else "a")
        story.change(opened, kind="none")
        _, run, fates, _ = story.run()
        story.fate("run 2", fates, emails[leaves], "leaver_removed")
        story.fate("run 2", fates, emails[opened], "leaver_removed")
        story.fate("run 2", fates, emails[changed], "excluded", "gone_in_account")
        story.fate("run 2", fates, emails[moved], "excluded", "gone_in_account")
        story.fate("run 2", fates, emails[same], "unchanged")
        referee.none("run 2 made again", set(story.there()) & {emails[name] for name in names[:-1]})
        for turn in (3, 4):
            _, run, fates, merges = story.run()
            story.fate(f"run {turn}", fates, emails[changed], "excluded", "gone_in_account")
            story.fate(f"run {turn}", fates, emails[moved], "excluded", "gone_in_account")
            referee.none(f"run {turn} made again", set(story.there()) & {emails[name] for name in names[:-1]})
            # They are looked for by address, in calls that make nobody.
            referee.none(f"run {turn}: a merge that may make somebody",
                         [one for one in merges if not one["merge"]["skip_non_existing"]])
        _, run, fates, _ = story.run("--create-gone")
        for name in (changed, moved):
            found = fates.get(emails[name], {"outcome": None})["outcome"]
            referee.true(f"--create-gone: {emails[name]} is {found}", found in ("created", "updated"))
            story.is_right("--create-gone", name)
        referee.true("who left was made again", emails[leaves] not in story.there())
        _, run, fates, merges = story.run()
        referee.same("the last run: merges", len(merges), 0)
        # A full refresh sends all, and still makes nobody whom somebody deleted.
        _, run, fates, _ = story.run("--full")
        story.fate("--full", fates, emails[same], "excluded", "gone_in_account")
        referee.none("--full made again", set(story.there()) & {emails[same], emails[leaves]})
        # Back in a segment after both.
        story.change(leaves, kind="ab")
        _, run, fates, _ = story.run()
        story.fate("back in a segment", fates, emails[leaves], "excluded", "gone_in_account")
        referee.none("made again by coming back", set(story.there()) & {emails[leaves]})
        # Everybody comes off the tags that Segue put there.
        story.desk.do("export", "remove", "Weekly", "--empty-lists")
        account = story.sandbox.ortto()
        referee.same("people with a tag after all", [one["count"] for one in account["tags"]], [0, 0])
        referee.none("made again by emptying", set(story.there()) & {emails[same], emails[leaves]})
        referee.none("never", ortto.check_untouched(story.sandbox.ortto()))
        return referee.differences


def made_again(binary, folder, profiles):
    """Deleted and made again by hand, with another id: the person is in the account."""
    with Story(binary, folder, profiles) as story:
        referee = story.referee
        story.export()
        story.run()
        for name in ("p20", "p21"):
            story.sandbox.control("DELETE", f"ortto/people/{story.people[name][1]}")
            story.seed(name, **{"bol::p": False})
        story.change("p20", first="Changed")
        story.change("p21", kind="none")
        _, run, fates, _ = story.run()
        story.fate("run 2", fates, story.people["p20"][1], "updated")
        story.is_right("run 2", "p20")
        there = story.there()
        referee.none("no longer opted out", [one for one in ("p20", "p21") if there[story.people[one][1]]["email_permission"]])
        return referee.differences


def other_address(binary, folder, profiles):
    """The address was changed by hand in the account: the person is found by the account's id."""
    with Story(binary, folder, profiles) as story:
        referee = story.referee
        story.export()
        story.run()
        for name in ("p30", "p31", "p32"):
            change = {"email": f"{name}@elsewhere.example", "email_permission": False}
            story.sandbox.control("PUT", f"ortto/people/{story.people[name][1]}", change)
        story.change("p30", first="Changed")
        story.change("p31", kind="none")
        before = len(story.there())
        _, run, fates, _ = story.run()
        there = story.there()
        # A second contact under the old address would be mailed (rule 7).
        referee.same("people", len(there), before)
        referee.none("made anew and to be mailed", [story.people[one][1] for one in ("p30", "p31", "p32")
                                                     if story.people[one][1] in there])
        # Whoever left is on no tag of ours any more (rule 6).
        left = there["p31@elsewhere.example"]
        referee.same("tags of who left", sorted(left["tags"]), [])
        referee.none("never", ortto.check_untouched(story.sandbox.ortto()))
        return referee.differences


def moved_away(binary, folder, profiles):
    """A new address in the source (rule 6): opted out under the old one, not sent; else sent, and the old one leaves."""
    with Story(binary, folder, profiles) as story:
        referee = story.referee
        story.export()
        story.run()
        old = {name: story.people[name][1] for name in ("p40", "p41", "p42")}
        story.sandbox.control("PUT", f"ortto/people/{old['p40']}", {"email_permission": False})
        story.sandbox.control("DELETE", f"ortto/people/{old['p42']}")
        for name in old:
            story.change(name, email=f"{name}@new.example")
        _, run, fates, _ = story.run()
        there = story.there()
        story.fate("run 2", fates, "p40@new.example", "excluded", "opted_out")
        referee.true("opted out, and sent under the new address", "p40@new.example" not in there)
        story.fate("run 2", fates, "p41@new.example", "created")
        story.is_right("run 2", "p41")
        referee.same("tags of the old address", there[old["p41"]]["tags"], [])
        story.is_right("run 2", "p42")
        referee.true("the old address was made again", old["p42"] not in there)
        referee.none("never", ortto.check_untouched(story.sandbox.ortto()))
        return referee.differences


def nothing_said(binary, folder, profiles):
    """A 200 that names nobody, of a call that was not carried out: neither gone nor taken off (rule 8)."""
    with Story(binary, folder, profiles) as story:
        referee = story.referee
        story.export()
        story.run()
        story.change("p10", first="Changed")
        story.change("p11", kind="none")
        silent = {"status": 200, "body": '{"people":[]}', "applied": False}
        story.sandbox.control("PUT", "faults", {"faults": [{"on": {"path": ortto.MERGE}, "do": silent}]})
        _, run, fates, _ = story.run(code=3)
        story.fate("run 2", fates, story.people["p10"][1], "rejected")
        story.fate("run 2", fates, story.people["p11"][1], "leaver_failed")
        story.sandbox.control("PUT", "faults", {})
        _, run, fates, _ = story.run()
        story.fate("run 3", fates, story.people["p10"][1], "updated")
        story.fate("run 3", fates, story.people["p11"][1], "leaver_removed")
        story.is_right("run 3", "p10")
        story.is_right("run 3", "p11")
        return referee.differences


def another_order(binary, folder, profiles):
    """The order of answers is kept at first and then not: whoever is there is not gone because another one is."""
    shuffled = {"on": {"path": ortto.MERGE, "from": 6}, "do": {"people_shuffled": {"seed": 3}}}
    with Story(binary, folder, profiles, {"faults": [shuffled]}) as story:
        referee = story.referee
        story.export()
        story.run()
        gone, changed = ([f"p{number}" for number in range(first, min(profiles, 900), 3)] for first in (1, 2))
        for name in gone:
            story.sandbox.control("DELETE", f"ortto/people/{story.people[name][1]}")
        for name in changed:
            story.change(name, first="Changed")
        _, run, fates, _ = story.run()
        emails = [story.people[name][1] for name in changed]
        referee.none("there and called gone", [one for one in emails if fates[one]["reason"] == "gone_in_account"])
        for name in changed:
            story.is_right("run 2", name)
        referee.none("made again", set(story.there()) & {story.people[name][1] for name in gone})
        return referee.differences


CASES = {one.__name__: one for one in (
    known_reset, known_reset_one, known_reset_leaver, new_people, deleted, made_again, other_address, moved_away,
    nothing_said, another_order)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--profiles", type=int, default=3_000, help="more than 1,000")
    parser.add_argument("--case", default="all", help=f"all, or of {', '.join(CASES)} with commas between")
    args = parser.parse_args()
    names = list(CASES) if args.case == "all" else args.case.split(",")
    failed = 0
    for name in names:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="segue-by-hand-"))
        try:
            differences = CASES[name](args.binary.resolve(), folder, args.profiles)
        except Trouble as trouble:
            differences = [str(trouble)]
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(f"{'FAILED' if differences else 'passed'} {name}", flush=True)
        for difference_found in differences[:10]:
            print(f"    {difference_found}", flush=True)
        failed += bool(differences)
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
