"""What the environment may say, and what a person reads who says something else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("PORT", "abc", "PORT is 'abc': give a number from 1 to 65535."),
        ("PORT", "0", "PORT is '0': give a number from 1 to 65535."),
        ("NEWSROOM_DOMAIN", "https://kabar.id/", "give a host name without https://"),
        ("NEWSROOM_SCHEME", "ftp", "NEWSROOM_SCHEME is 'ftp': give http or https."),
        ("DATABASE_URL", "mysql://a/b", "DATABASE_URL does not name a PostgreSQL server"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_in_one_line(variable, value, words):
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=os.environ | {variable: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("environment", "is_demanded"),
    [
        ({}, "True"),
        ({"NEWSROOM_IS_DEMO": "1"}, "False"),
        ({"NEWSROOM_IS_DEMO": "1", "NEWSROOM_DOMAIN": "kabar.example"}, "True"),
    ],
)
def test_a_second_factor_is_left_out_in_the_demo_alone(environment, is_demanded):
    program = "from newsroom import settings; print(settings.SECOND_FACTOR_IS_DEMANDED)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "NEWSROOM_IS_DEMO"}
        | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == is_demanded
