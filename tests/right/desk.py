"""The program from outside: a data folder, commands with their exit codes, and a sandbox beside it."""

import http.client
import json
import os
import pathlib
import signal
import subprocess
import time


class Trouble(Exception):
    """The scenario cannot go on: something answered otherwise than the contract says."""


class Done:
    """What a command did."""

    def __init__(self, words, code, out, err):
        self.words, self.code, self.out, self.err = words, code, out, err

    def __str__(self):
        return f"`segue {' '.join(self.words)}` exit {self.code}; out: {self.out[-600:]!r}; err: {self.err[-600:]!r}"

    def document(self):
        try:
            return json.loads(self.out)
        except ValueError:
            raise Trouble(f"no one JSON document: {self}") from None

    def finished(self):
        """The run of the last line, which says that it is finished."""
        lines = self.out.strip().splitlines()
        try:
            last = json.loads(lines[-1])
            if last["event"] == "finished":
                return last["run"]
        except (ValueError, IndexError, KeyError, TypeError):
            pass
        raise Trouble(f"the last line is not a finished run: {self}")


class Sandbox:
    """`segue sandbox` in a process of its own."""

    def __init__(self, binary, folder, faults=None, latency_ms=0):
        folder = pathlib.Path(folder)
        file = folder / "faults.json"
        file.write_text(json.dumps(faults or {}), encoding="utf-8")
        words = [str(binary), "sandbox", "--port", "0", "--faults", str(file)]
        if latency_ms:
            words += ["--latency-ms", str(latency_ms)]
        self.errors = open(folder / "sandbox.err", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=self.errors, text=True, cwd=folder, env=environment(folder))
        first = self.process.stdout.readline().strip()
        try:
            self.origin, self.key = first.removeprefix("listening on ").split(", API key ")
        except ValueError:
            self.errors.seek(0)
            raise Trouble(f"the sandbox's first line is {first!r}; it said {self.errors.read()!r}") from None
        self.address = self.origin.removeprefix("http://")

    def control(self, method, path, body=None):
        return json.loads(self.raw(method, f"/_sandbox/{path}", body) or b"{}")

    def raw(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.address, timeout=60)
        try:
            data = None if body is None else json.dumps(body).encode()
            connection.request(method, path, data, {"Content-Type": "application/json", **(headers or {})})
            reply = connection.getresponse()
            text = reply.read()
            if reply.status != 200:
                raise Trouble(f"{method} {path}: {reply.status} {text[:300]!r}")
            return text
        finally:
            connection.close()

    def record(self):
        return [json.loads(line) for line in self.raw("GET", "/_sandbox/record").splitlines()]

    def clear(self):
        self.control("DELETE", "record")

    def account(self):
        return self.control("GET", "account")

    def ortto(self):
        return self.control("GET", "ortto")

    def open(self):
        return self.control("GET", "open")["open"]

    def seen(self):
        """The number of the last request."""
        return self.control("GET", "open")["seen"]

    def quiet(self, seconds=5):
        """Waits until the sandbox is done with every request."""
        until = time.monotonic() + seconds
        while self.open() and time.monotonic() < until:
            time.sleep(0.005)

    def offset_ms(self):
        """What to add to our monotonic milliseconds to have the sandbox's; enters one request."""
        before = time.monotonic()
        self.raw("GET", "/v1/lists", headers={"autopilotapikey": self.key})
        after = time.monotonic()
        return self.record()[-1]["t_ms"] - (before + after) * 500

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Desk:
    """A data folder and the program."""

    def __init__(self, binary, folder):
        self.binary, self.folder = str(binary), pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def start(self, *words, key=None):
        env = environment(self.folder)
        if key:
            env["SEGUE_API_KEY"] = key
        out = open(self.folder / "out", "w+", encoding="utf-8")
        err = open(self.folder / "err", "w+", encoding="utf-8")
        process = subprocess.Popen(
            [self.binary, *words], stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=self.folder, env=env)
        process.outputs = (out, err)
        process.words = words
        return process

    def finish(self, process, seconds=600):
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            code = "none: it hung"
        texts = []
        for file in process.outputs:
            file.seek(0)
            texts.append(file.read())
            file.close()
        return Done(process.words, code, *texts)

    def kill(self, process):
        """kill -9; true if it was still running."""
        running = process.poll() is None
        if running:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return running and process.returncode == -signal.SIGKILL

    def run(self, *words, key=None):
        return self.finish(self.start(*words, key=key))

    def do(self, *words, key=None, code=0):
        """With --json; wants that exit code, and gives the document."""
        done = self.run(*words, "--json", key=key)
        if done.code != code:
            raise Trouble(f"exit {code} was wanted: {done}")
        return done.document() if done.out.strip() else None

    def export(self, sandbox, csv, segments, lists, match, rate=0, flags=(), product="autopilot"):
        """Audience, segments, connection and the export `Weekly`."""
        self.do("audience", "add", "files", "Customers", str(csv))
        for name, predicate in segments.items():
            self.do("segment", "add", name, "--audience", "Customers", "--where", predicate)
        self.do("connection", "add", product, "News", "--agree", "--base-url", sandbox.origin, "--rate", str(rate),
                key=sandbox.key)
        words = ["export", "add", "Weekly", "--connection", "News", "--audience", "Customers"]
        for target, column in {"Email": "Email", **match}.items():
            words += ["--match", f"{target}={column}"]
        for name in segments:
            title = lists.get(name, name)
            words += ["--segment", name if title == name else f"{name}={title}"]
        self.do(*words, *flags)


def environment(folder):
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "USER": "referee",
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "SEGUE_DATA_DIR": str(pathlib.Path(folder) / "data"),
        "SEGUE_KEYCHAIN": "file",
        "SEGUE_PASSPHRASE": "the referee's passphrase",
    }


# --- the record ----------------------------------------------------------------------------------

def is_bulk(request):
    return request["method"] == "POST" and request["path"] in ("/v1/contacts", "/v1/contact")


def is_member(request):
    """A join or a leave of one person."""
    parts = request["path"].split("/")
    return request["method"] in ("POST", "DELETE") and len(parts) == 6 and parts[2] == "list" and parts[4] == "contact"


def writes(request):
    return request["method"] != "GET"


def has_fields(request):
    return is_bulk(request) and bool(set(request["fields"]) - {"Email", "_autopilot_list"})


def was_answered(request):
    return request["reply_written"] and request["status"] in (200, 204)


def taken(request):
    """The addresses that the account said it took, as sent."""
    if not was_answered(request):
        return []
    not_taken = set(request["unnamed"]) | set(request["refused"])
    return [email for email in request["emails"] if email not in not_taken]


def most_in_a_second(requests):
    """The most arrivals in any second, half open."""
    times = sorted(request["t_ms"] for request in requests)
    most, first = 0, 0
    for place, moment in enumerate(times):
        while moment - times[first] >= 1000:
            first += 1
        most = max(most, place - first + 1)
    return most


def show(values, most=5):
    values = list(values)
    rest = f" … and {len(values) - most} more" if len(values) > most else ""
    return "; ".join(str(value) for value in values[:most]) + rest
