"""The generated secret key: one for all processes, readable by its owner alone."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.secret_key import SecretKeyError, read_or_create

ROOT = Path(__file__).resolve().parents[2]


def test_the_key_is_made_once_and_is_private(tmp_path):
    key = read_or_create(tmp_path / "new" / "var")
    assert len(key) > 50
    assert read_or_create(tmp_path / "new" / "var") == key
    (file,) = (tmp_path / "new" / "var").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_processes_that_start_together_get_the_same_key(tmp_path):
    program = (
        "import pathlib, sys; from newsroom.secret_key import read_or_create;"
        "sys.stdin.read(); print(read_or_create(pathlib.Path(sys.argv[1])))"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, tmp_path / "var"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(6)
    ]
    for process in processes:
        process.stdin.close()
        process.stdin = None
    assert len({process.communicate()[0] for process in processes}) == 1


def test_an_empty_key_is_refused(tmp_path):
    (tmp_path / "secret_key").touch()
    with pytest.raises(SecretKeyError, match="is empty"):
        read_or_create(tmp_path)


def test_a_folder_that_cannot_be_made_is_explained(tmp_path):
    (tmp_path / "var").touch()
    with pytest.raises(SecretKeyError, match="cannot be read or made"):
        read_or_create(tmp_path / "var")
