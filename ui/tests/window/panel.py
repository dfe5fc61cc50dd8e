"""A panel that shows trays and notices, as far as a program can tell. It takes their names on the session bus of
its environment, says that trays are shown, and writes a line for each icon that it is told of: `icon SENDER PATH`,
and for each notice: `notice TITLE`. The first line is `ready`. It speaks D-Bus by itself, as Python has no library
for it."""

import os
import socket
import struct

WATCHER = "org.kde.StatusNotifierWatcher"
NOTICES = "org.freedesktop.Notifications"
BUS = "org.freedesktop.DBus"
CALL, RETURN, ERROR = 1, 2, 3
PATH, INTERFACE, MEMBER, ERROR_NAME, REPLY_TO, TO, SENDER, SIGNATURE = range(1, 9)
KINDS = {PATH: "o", INTERFACE: "s", MEMBER: "s", ERROR_NAME: "s", REPLY_TO: "u", TO: "s", SENDER: "s", SIGNATURE: "g"}
TRUE = b"\x01b\0\0" + struct.pack("<I", 1)  # a variant, beginning at a multiple of 4


def padded(data: bytes, size: int) -> bytes:
    return data + b"\0" * (-len(data) % size)


def string(text: str) -> bytes:
    return struct.pack("<I", len(text.encode())) + text.encode() + b"\0"


def strings(body: bytes, signature: str) -> list[str]:
    """The strings of a body that begins with these: `s` and `u`."""
    found, at = [], 0
    for kind in signature:
        at += -at % 4
        count = struct.unpack_from("<I", body, at)[0]
        at += 4
        if kind == "s":
            found.append(body[at : at + count].decode())
            at += count + 1
    return found


def field(code: int, value: str | int) -> bytes:
    kind = KINDS[code]
    head = bytes([code, 1]) + kind.encode() + b"\0"
    if kind == "u":
        return head + struct.pack("<I", value)
    if kind == "g":
        return head + bytes([len(str(value))]) + str(value).encode() + b"\0"
    return head + string(str(value))


class Bus:
    def __init__(self, address: str) -> None:
        place = dict(pair.split("=", 1) for pair in address.split(";")[0].removeprefix("unix:").split(","))
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(place["path"] if "path" in place else "\0" + place["abstract"])
        self.file = self.socket.makefile("rb")
        self.serial = 0
        self.socket.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        if not self.file.readline().startswith(b"OK"):
            raise SystemExit("The bus lets nobody in.")
        self.socket.sendall(b"BEGIN\r\n")

    def send(self, kind: int, fields: dict[int, str | int], body: bytes = b"") -> None:
        self.serial += 1
        array = b""
        for code, value in fields.items():
            array = padded(array, 8) + field(code, value)
        head = struct.pack("<cBBBIII", b"l", kind, 0, 1, len(body), self.serial, len(array))
        self.socket.sendall(padded(head + array, 8) + body)

    def call(self, member: str, signature: str = "", body: bytes = b"") -> None:
        fields: dict[int, str | int] = {PATH: "/org/freedesktop/DBus", INTERFACE: BUS, MEMBER: member, TO: BUS}
        self.send(CALL, fields | ({SIGNATURE: signature} if signature else {}), body)

    def heard(self) -> tuple[int, int, dict[int, str | int], bytes]:
        """The next message: kind, serial, fields, body."""
        head = self.file.read(16)
        if len(head) < 16:
            raise SystemExit  # The bus is gone, and the test with it.
        _, kind, _, _, length, serial, size = struct.unpack("<cBBBIII", head)
        array = self.file.read(size + -size % 8)[:size]
        body = self.file.read(length)
        fields: dict[int, str | int] = {}
        at = 0
        while at < size:
            at += -at % 8
            code, at = array[at], at + 4
            if KINDS.get(code, "u") == "u":
                fields[code] = struct.unpack_from("<I", array, at)[0]
                at += 4
            else:
                wide = 1 if code == SIGNATURE else 4
                count = array[at] if wide == 1 else struct.unpack_from("<I", array, at)[0]
                fields[code] = array[at + wide : at + wide + count].decode()
                at += wide + count + 1
        return kind, serial, fields, body


def main() -> None:
    bus = Bus(os.environ["DBUS_SESSION_BUS_ADDRESS"])
    bus.call("Hello")
    for name in (NOTICES, WATCHER):
        bus.call("RequestName", "su", padded(string(name), 4) + struct.pack("<I", 4))
    named = bus.serial
    while True:
        kind, serial, fields, body = bus.heard()
        if kind == RETURN and fields.get(REPLY_TO) == named:
            print("ready", flush=True)
        if kind != CALL:
            continue
        back = {REPLY_TO: serial, TO: fields[SENDER]}
        if fields[MEMBER] == "Get":
            bus.send(RETURN, back | {SIGNATURE: "v"}, TRUE)
        elif fields[MEMBER] == "RegisterStatusNotifierItem":
            print("icon", fields[SENDER], *strings(body, "s"), flush=True)
            bus.send(RETURN, back)
        elif fields[MEMBER] == "Notify":
            print("notice", strings(body, "suss")[-1], flush=True)
            bus.send(RETURN, back | {SIGNATURE: "u"}, struct.pack("<I", serial))
        else:
            bus.send(ERROR, back | {ERROR_NAME: f"{BUS}.Error.UnknownMethod"})


main()
