"""Hears every packet on the loopback device, and writes a line for each that is for another computer, or
for a name server: `ADDRESS PROTOCOL PORT`. The first line is `ready`."""

import ipaddress
import socket

ETH_IP, ETH_IPV6 = 0x0800, 0x86DD
HEADER = 14  # of Ethernet, which loopback has too


def told(frame: bytes) -> str | None:
    kind = int.from_bytes(frame[12:14])
    packet = frame[HEADER:]
    if kind == ETH_IP:
        at, protocol, to = (packet[0] & 15) * 4, packet[9], ipaddress.ip_address(packet[16:20])
        source = ipaddress.ip_address(packet[12:16])
    elif kind == ETH_IPV6:
        at, protocol, to = 40, packet[6], ipaddress.ip_address(packet[24:40])
        source = ipaddress.ip_address(packet[8:24])
    else:
        return None
    port = int.from_bytes(packet[at + 2 : at + 4]) if protocol in (socket.IPPROTO_TCP, socket.IPPROTO_UDP) else 0
    is_name = port == 53
    if to.is_loopback and source.is_loopback and not is_name or to.is_multicast:
        return None
    # An answer to what was heard already.
    if source == to and port > 32_767:
        return None
    return f"{to} {protocol} {port}"


def main() -> None:
    ears = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0003))
    ears.bind(("lo", 0))
    print("ready", flush=True)
    while True:
        line = told(ears.recv(65_535))
        if line is not None:
            print(line, flush=True)


main()
