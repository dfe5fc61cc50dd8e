"""What packaging/pack makes: packages with both programs, and never with what tests stand on.

The programs packed here are stand-ins, so that this takes seconds; what is built for tests is refused by
its own name for it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAND_IN = """#!/bin/sh
case $1 in
    man) mkdir -p "$2" && echo '.TH segue 1' >"$2/segue.1" ;;
    completions) echo "# $2" ;;
    --version) echo 'segue 1.2.3' ;;
esac
"""


def pack(built: Path, out: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [ROOT / "packaging/pack", built, out], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def refuses_hooks(work: Path) -> None:
    built = Path(os.environ["SEGUE"]).parent
    refused = pack(built, work / "refused")
    assert refused.returncode == 1, "a window with the hooks of tests was packed"
    assert "test-hooks" in refused.stderr, refused.stderr
    assert not list((work / "refused").iterdir()), "a refused program leaves no package"


def refuses_either(work: Path) -> None:
    for hooked in ("segue", "segue-desktop"):
        built = work / f"hooked-{hooked}"
        built.mkdir()
        for name in ("segue", "segue-desktop"):
            (built / name).write_text(STAND_IN + ("# SEGUE_TEST_CLOCK\n" if name == hooked else ""))
        refused = pack(built, work / "refused")
        assert refused.returncode == 1 and f"{hooked} was built" in refused.stderr, refused.stderr


def packs_both(work: Path) -> None:
    built = work / "built"
    built.mkdir()
    for name in ("segue", "segue-desktop"):
        program = built / name
        program.write_text(STAND_IN)
        program.chmod(0o755)
    packed = pack(built, work / "out")
    assert packed.returncode == 0, packed.stdout + packed.stderr
    assert len(list((work / "out").glob("*.rpm"))) == 1, "there is one .rpm"
    (package,) = (work / "out").glob("*.deb")
    installed = work / "installed"
    subprocess.run(["dpkg-deb", "-x", package, installed], check=True)
    for name in ("segue", "segue-desktop"):
        program = installed / "usr/bin" / name
        assert program.read_text() == STAND_IN, f"{name} is packed as it was built"
        assert os.access(program, os.X_OK), f"{name} can be started"
    share = installed / "usr/share"
    entry = (share / "applications/Segue.desktop").read_text()
    assert "Exec=segue-desktop\n" in entry and "Comment[sv]=" in entry, entry
    (about,) = (share / "metainfo").glob("*.xml")
    assert 'version="1.2.3"' in about.read_text(), "the version is that of the program"
    for there in (
        "man/man1/segue.1.gz",
        "bash-completion/completions/segue",
        "doc/segue/copyright",
        "doc/segue/changelog.gz",
        "icons/hicolor/scalable/apps/segue-desktop.svg",
        "icons/hicolor/48x48/apps/segue-desktop.png",
    ):
        assert (share / there).is_file(), f"{there} is missing"
    for guide in ("guide.en.md", "guide.sv.md"):
        assert (installed / "usr/lib/Segue" / guide).is_file(), f"{guide} is missing"


def main() -> None:
    if sys.platform != "linux" or shutil.which("dpkg-deb") is None:
        print("packages are looked into where dpkg-deb is", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as work:
        refuses_hooks(Path(work))
        refuses_either(Path(work))
        packs_both(Path(work))


if __name__ == "__main__":
    main()
