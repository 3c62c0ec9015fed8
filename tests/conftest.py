"""What tests of several rooms share: pipelines that are loaded once a process, the samples' tables, a pinned pipeline.

Documents may be read with a shared pipeline, but nothing may be added to it or taken away.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
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
