"""No stale page, whatever happens for however long. SOAK_SECONDS says for how long, twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.soak
def test_no_reader_is_served_a_stale_page(capsys):
    seconds = os.environ.get("SOAK_SECONDS", "600")
    run = subprocess.run(
        [sys.executable, "-m", "tests.newsroom.soak_pages", seconds],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    with capsys.disabled():
        print(f"\n{run.stdout}")
    assert run.returncode == 0
