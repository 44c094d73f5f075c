"""Gets the W3C's SHACL test suite: pyshacl's source distribution holds it (test/resources/sht_tests).

    python scripts/get_shacl_suite.py FOLDER

It is not kept in this repository. FOLDER is replaced. Ends with 1 and one line where pip cannot get the distribution.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

INSIDE = "test/resources/sht_tests/"


def main(folder: Path) -> int:
    wanted = f"pyshacl=={version('pyshacl')}"
    with tempfile.TemporaryDirectory() as place:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-binary",
            "pyshacl",
            "-d",
            place,
            wanted,
        ]
        if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            print(
                f"the source distribution of {wanted} cannot be had: the W3C's SHACL test cases are skipped",
                file=sys.stderr,
            )
            return 1
        (path,) = Path(place).glob("pyshacl-*.tar.gz")
        shutil.rmtree(folder, ignore_errors=True)
        with tarfile.open(path) as archive:
            for member in archive.getmembers():
                name = member.name.partition("/")[2]
                if member.isfile() and name.startswith(INSIDE):
                    data = archive.extractfile(member)
                    target = folder / name.removeprefix(INSIDE)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(data.read() if data is not None else b"")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
