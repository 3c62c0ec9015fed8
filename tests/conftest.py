"""What tests of several rooms share: pipelines that are loaded once a process, the samples' tables, a pinned pipeline.

Documents may be read with a shared pipeline, but nothing may be added to it or taken away.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import extract
from extract.pipeline.model_folder import find_model, shipped_model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from extract.runs.fingerprint import Fingerprint

# One thread a process, as the workers of a run have it, before a test brings numpy: more of them wait for each other
# by spinning, which on short texts costs many times what the work does.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

# Seconds of the processor that a test of the quick part may take, and all of them with their fixtures: two processors
# are through them in two minutes. A test may take long by itself where many processes share the machine.
QUICK_TEST_S, QUICK_PART_S = 12, 220
NOT_QUICK = ("slow", "server", "browser")

SAMPLES = Path(__file__).parents[1] / "data" / "raw"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline."""
    if shipped_model() is None:
        pytest.skip("the shipped model is not there")
    loaded: Language = extract.load()
    return loaded


@pytest.fixture(scope="session")
def blank() -> Language:
    """The pipeline of rules alone."""
    loaded: Language = extract.load("blank")
    return loaded


@pytest.fixture(scope="session")
def before_claims(nlp: Language) -> Callable[[str], Doc]:
    """What reads a text up to where claims are looked for."""

    def read(text: str) -> Doc:
        with nlp.select_pipes(disable="trade_claims"):
            return nlp(text)

    return read


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The tables of the samples, made once by ``extract run``, for all processes of the tests; to be read only."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base
    out, done = shared / "samples", shared / "samples.done"
    with open(shared / "samples.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            command = [sys.executable, "-m", "extract", "run", str(SAMPLES), "--out", str(out), "--json"]
            ended = subprocess.run(command, capture_output=True, text=True, check=False)
            assert ended.returncode == 0, ended.stderr
            done.touch()
    return out


@pytest.fixture
def pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipeline's fingerprint is that of its version alone: quick, and unmoved by edits while tests run."""
    from extract.runs import session
    from extract.runs.fingerprint import Fingerprint

    def version(model: str | None, cache: Any = None) -> Fingerprint:
        find_model(model)
        return Fingerprint({"package": extract.__version__, "model": model or "stand-in"})

    monkeypatch.setattr(session, "fingerprint", version)


def _measured(item: pytest.Item) -> Generator[None, object, float]:
    """Run what pytest runs here; what it took of the processor, with children that ended, is told with the test."""
    before = sum(os.times()[:4])
    yield
    used = sum(os.times()[:4]) - before
    if any(item.get_closest_marker(name) for name in NOT_QUICK):
        return 0.0
    item.user_properties.append(("processor", used))
    return used


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, None]:
    """What fixtures take counts in the sum."""
    yield from _measured(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, None]:
    """A quick test that takes long fails."""
    used = yield from _measured(item)
    if used > QUICK_TEST_S:
        pytest.fail(f"took {used:.1f} seconds of the processor: make it quicker, or mark it slow")


_quick_s: list[float] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Gather from all processes what the quick tests took."""
    if report.when == "call":
        _quick_s.extend(float(str(used)) for name, used in report.user_properties if name == "processor")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The quick part has to stay quick."""
    if sum(_quick_s) > QUICK_PART_S:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what the quick part took."""
    used = sum(_quick_s)
    terminalreporter.line(
        f"quick tests: {used:.0f} of {QUICK_PART_S} seconds of the processor", red=used > QUICK_PART_S
    )
