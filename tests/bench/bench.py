#!/usr/bin/env python3
"""The figures of docs/performance.md: wall times of the release program as ratios in one run.

    python3 tests/bench/bench.py SEGUE [--paced]

A bare client with as many connections as the product allows (8, for Ortto 2) sends bodies of the same people,
fields and list, built beforehand. --paced adds the runs at 20 requests a second, for Ortto 10 (about three
minutes). Exit code 1 if a target is missed.
"""
import http.client
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time

SEGUE = os.path.abspath(sys.argv[1])
MISSED = []


def say(what, value, target, fine):
    print(f"{'ok  ' if fine else 'MISS'}  {what}: {value}  (target {target})", flush=True)
    if not fine:
        MISSED.append(what)


def generate(path, rows, people):
    """20 columns; every (rows/people)th profile is in the segment."""
    names = ["CustomerId", "Email", "FirstName", "LastName", "City", "Phone", "Segment"]
    names += [f"A{place}" for place in range(13)]
    step = rows // people
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(names) + "\n")
        for row in range(rows):
            chosen = "yes" if row % step == 0 else "no"
            rest = ",".join(f"v{row * place % 997}" for place in range(1, 14))
            file.write(f"C{row:08d},person{row}@example.com,First{row % 977},Last{row % 1999},"
                       f"City{row % 50},07012{row % 100000:05d},{chosen},{rest}\n")


class Autopilot:
    """How the bare client says what the export says."""

    name, connections, path, header = "autopilot", 8, "/v1/contacts", "autopilotapikey"
    matches = ["Email=Email", "FirstName=FirstName", "LastName=LastName", "Phone=Phone", "MailingCity=City"]

    @staticmethod
    def row(cells, list_id):
        return {"Email": cells[1], "FirstName": cells[2], "LastName": cells[3], "MailingCity": cells[4],
                "Phone": cells[5], "_autopilot_list": list_id}

    @staticmethod
    def body(rows):
        return {"contacts": rows}


class Ortto:
    """The same of Ortto."""

    name, connections, path, header = "ortto", 2, "/v1/person/merge", "X-Api-Key"
    matches = ["Email=Email", "FirstName=FirstName", "LastName=LastName", "geo::city=City"]

    @staticmethod
    def row(cells, _):
        return {"fields": {"str::email": cells[1], "str::first": cells[2], "str::last": cells[3],
                           "geo::city": {"name": cells[4]}}, "tags": ["Chosen"]}

    @staticmethod
    def body(rows):
        return {"people": rows, "merge_by": ["str::email"], "merge_strategy": 2, "find_strategy": 0, "async": False,
                "suppression_list_field_id": "str::email"}


class Desk:
    """A data folder with an export of one segment to a sandbox of its own."""

    def __init__(self, folder, csv, rate, product=Autopilot):
        self.folder = folder
        self.product = product
        self.sandbox = subprocess.Popen([SEGUE, "sandbox", "--latency-ms", "20"], stdout=subprocess.PIPE, text=True)
        first = self.sandbox.stdout.readline().strip()
        self.origin, self.key = first.removeprefix("listening on ").split(", API key ")
        self.environment = {**os.environ, "SEGUE_DATA_DIR": folder, "SEGUE_KEYCHAIN": "file",
                            "SEGUE_PASSPHRASE": "bench", "SEGUE_API_KEY": self.key}
        self.do("audience", "add", "files", "A", csv)
        self.do("segment", "add", "Chosen", "--audience", "A", "--where", "Segment = 'yes'")
        self.do("connection", "add", product.name, "C", "--agree", "--base-url", self.origin, "--rate", str(rate))
        words = [word for match in product.matches for word in ("--match", match)]
        self.do("export", "add", "E", "--connection", "C", "--audience", "A", *words, "--segment", "Chosen")

    def do(self, *words):
        """Seconds, peak MiB and the last line of a command that succeeds."""
        begun = time.monotonic()
        child = subprocess.Popen([SEGUE, *words, "--json"], env=self.environment, stdout=subprocess.PIPE)
        out = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.monotonic() - begun
        if status:
            sys.exit(f"{words} ended with {os.waitstatus_to_exitcode(status)}")
        return seconds, used.ru_maxrss / 1024, json.loads(out.splitlines()[-1] if b"event" in out else out)

    def ask(self, method, path):
        connection = http.client.HTTPConnection(self.origin.removeprefix("http://"))
        connection.request(method, path)
        return connection.getresponse().read()

    def stop(self):
        self.sandbox.kill()
        self.sandbox.wait()


def bare(desk, csv, list_id):
    """The same people and fields in bodies built beforehand, over as many connections as are allowed; seconds."""
    product = desk.product
    rows = []
    with open(csv, encoding="utf-8") as file:
        next(file)
        for line in file:
            cells = line.rstrip("\n").split(",")
            if cells[6] == "yes":
                rows.append(product.row(cells, list_id))
    bodies = [json.dumps(product.body(rows[at:at + 100]), separators=(",", ":")).encode()
              for at in range(0, len(rows), 100)]
    lock = threading.Lock()

    def work():
        connection = http.client.HTTPConnection(desk.origin.removeprefix("http://"))
        while True:
            with lock:
                if not bodies:
                    return
                body = bodies.pop()
            connection.request("POST", product.path, body,
                               {product.header: desk.key, "Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200

    begun = time.monotonic()
    threads = [threading.Thread(target=work) for _ in range(product.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - begun


def bare_seconds(folder, csv, list_id, product=Autopilot):
    """Of a bare client with a sandbox and a process of its own: a child's peak memory begins at that of the process
    that started it."""
    desk = Desk(folder, csv, 0, product)
    answer = multiprocessing.Queue()
    child = multiprocessing.Process(target=lambda: answer.put(bare(desk, csv, list_id)))
    child.start()
    seconds = answer.get()
    child.join()
    desk.stop()
    return seconds


def best(measure, times=3):
    figures = [measure() for _ in range(times)]
    return min(figures, key=lambda figure: figure[0])


def main():
    with tempfile.TemporaryDirectory() as folder:
        csv = {name: os.path.join(folder, f"{name}.csv") for name in ("10k", "100k", "1m")}
        generate(csv["10k"], 10_000, 10_000)
        generate(csv["100k"], 100_000, 100_000)
        generate(csv["1m"], 1_000_000, 100_000)

        desk = Desk(os.path.join(folder, "d100k"), csv["100k"], 0)
        first, first_memory, run = desk.do("export", "run", "E")
        assert run["run"]["counts"]["created"] == 100_000, run
        desk.ask("DELETE", "/_sandbox/record")
        again = best(lambda: desk.do("export", "run", "E"))
        new = [json.loads(line) for line in desk.ask("GET", "/_sandbox/record").splitlines()]
        planning = best(lambda: desk.do("export", "preview", "E"))
        list_id = json.loads(desk.ask("GET", "/_sandbox/record").splitlines()[-1])["path"].split("/")[3]
        desk.stop()
        seconds = bare_seconds(os.path.join(folder, "bare"), csv["100k"], list_id)
        say("unpaced run of 100,000 against a bare client", f"{seconds / first:.2f} ({seconds:.2f} s / {first:.2f} s)",
            "at least 0.6", seconds / first >= 0.6)
        say("unchanged run against the first", f"{again[0] / first:.3f} ({again[0]:.2f} s)", "under 0.1", again[0] < first / 10)
        say("unchanged run against planning", f"{again[0] / planning[0]:.2f}", "under 3", again[0] < 3 * planning[0])
        say("writing requests of unchanged runs", sum(one["method"] != "GET" for one in new), "0",
            all(one["method"] == "GET" for one in new))

        ortto = Desk(os.path.join(folder, "o100k"), csv["100k"], 0, Ortto)
        first_ortto, ortto_memory, run = ortto.do("export", "run", "E")
        assert run["run"]["counts"]["created"] == 100_000, run
        ortto.stop()
        seconds = bare_seconds(os.path.join(folder, "bare-ortto"), csv["100k"], "", Ortto)
        say("Ortto: unpaced run of 100,000 against a bare client with 2 connections",
            f"{seconds / first_ortto:.2f} ({seconds:.2f} s / {first_ortto:.2f} s)", "at least 0.6", seconds / first_ortto >= 0.6)

        small = Desk(os.path.join(folder, "d10k"), csv["10k"], 0)
        ten = best(lambda: small.do("export", "preview", "E"))
        small.stop()
        large = Desk(os.path.join(folder, "d1m"), csv["1m"], 0)
        without = best(lambda: large.do("export", "preview", "E"))
        _, run_memory, _ = large.do("export", "run", "E")
        with_all = best(lambda: large.do("export", "preview", "E"))
        large.stop()
        say("planning 1,000,000 rows, no receipts", f"{without[0]:.2f} s", "1.2 s", without[0] <= 1.2)
        say("planning 1,000,000 rows, 100,000 receipts", f"{with_all[0]:.2f} s", "2 s", with_all[0] <= 2)
        say("time of 1,000,000 rows / 10,000", f"{without[0] / ten[0]:.1f}", "110", without[0] / ten[0] <= 110)
        memory = max(ortto_memory, run_memory, with_all[1], without[1], first_memory)
        say("peak memory", f"{memory:.0f} MiB", "250 MiB", memory <= 250)
        ratio = max(run_memory, with_all[1]) / max(first_memory, planning[1])
        say("peak memory at 1,000,000 rows / 100,000", f"{ratio:.2f}", "1.5", ratio <= 1.5)

        if "--paced" in sys.argv:
            for product, rate in ((Autopilot, 20), (Ortto, 10)):
                paced = Desk(os.path.join(folder, f"paced-{product.name}"), csv["100k"], rate, product)
                seconds, _, run = paced.do("export", "run", "E")
                paced.stop()
                requests = run["run"]["requests"]
                say(f"{product.name}: paced run at {rate}/s against requests/rate",
                    f"{seconds / (requests / rate):.3f} ({seconds:.1f} s, {requests} requests)",
                    "at most 1.06", seconds <= 1.06 * requests / rate)
    print(f"{len(MISSED)} missed" if MISSED else "all targets met")
    return 1 if MISSED else 0


if __name__ == "__main__":
    sys.exit(main())
