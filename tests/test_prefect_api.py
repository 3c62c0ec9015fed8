"""Which Prefect API is configured is found as Prefect finds it, and one that does not answer is an error."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from extract.errors import ExtractError
from extract.flows.api import check_answers, configured_api
from extract.flows.launch import chosen_api

PROFILES = """
active = "here"
[profiles.here]
PREFECT_API_URL = "http://of.profile/api"
[profiles.bare]
"""
FILES = {
    "nothing": ({}, {}),
    "variable": ({"PREFECT_API_URL": "http://of.variable/api"}, {"profiles.toml": PROFILES}),
    "empty variable": ({"PREFECT_API_URL": ""}, {}),
    "profile": ({}, {"profiles.toml": PROFILES}),
    "other profile": ({"PREFECT_PROFILE": "bare"}, {"profiles.toml": PROFILES}),
    "dotenv": ({}, {".env": "PREFECT_API_URL=http://of.dotenv/api\n", "profiles.toml": PROFILES}),
    "prefect.toml": ({}, {"prefect.toml": '[api]\nurl = "http://of.toml/api"\n'}),
    "pyproject.toml": ({}, {"pyproject.toml": '[tool.prefect.api]\nurl = "http://of.project/api"\n'}),
    "broken profiles": ({}, {"profiles.toml": "active = "}),
}
FOUND = {
    "nothing": None,
    "variable": "http://of.variable/api",
    "empty variable": None,
    "profile": "http://of.profile/api",
    "other profile": None,
    "dotenv": "http://of.dotenv/api",
    "prefect.toml": "http://of.toml/api",
    "pyproject.toml": "http://of.project/api",
    "broken profiles": None,
}


@pytest.fixture(params=FILES)
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name: str = request.param
    for variable in [v for v in os.environ if v.startswith("PREFECT_")]:
        monkeypatch.delenv(variable)
    variables, files = FILES[name]
    for variable, value in ({"PREFECT_HOME": str(tmp_path)} | variables).items():
        monkeypatch.setenv(variable, value)
    for file, text in files.items():
        (tmp_path / file).write_text(text)
    monkeypatch.chdir(tmp_path)
    return name


def test_what_is_configured(place: str) -> None:
    assert configured_api() == FOUND[place]


@pytest.mark.slow
@pytest.mark.parametrize("place", ["profile", "dotenv", "prefect.toml", "pyproject.toml"], indirect=True)
def test_prefect_finds_the_same(place: str, tmp_path: Path) -> None:
    code = "from prefect.settings import PREFECT_API_URL; print(PREFECT_API_URL.value() or None)"
    told = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(FOUND[place])


def test_an_api_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:  # bound, but not listening
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/api"
        with pytest.raises(ExtractError, match=f"the Prefect API at {url} does not answer"):
            check_answers(url)
        monkeypatch.setenv("PREFECT_API_URL", url)
        with pytest.raises(ExtractError, match=url):
            chosen_api(wanted=False, dask=None)


def test_plain_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "")
    assert chosen_api(wanted=False, dask=None) is None
    assert chosen_api(wanted=False, dask="tcp://cluster:8786") is None
    assert chosen_api(wanted=True, dask=None) == ""
    with pytest.raises(ExtractError, match="needs a Prefect server that all workers reach"):
        chosen_api(wanted=True, dask="tcp://cluster:8786")
