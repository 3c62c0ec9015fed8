"""The fingerprint of a pipeline: what changes it, what does not, and that files which have not changed are not read."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

import extract
from extract.errors import ModelError
from extract.runs import fingerprint as module
from extract.runs.fingerprint import LIBRARIES, Fingerprint, HashCache, changed_parts, fingerprint, hash_file
from extract.tables.schema import SCHEMA_VERSION

FILES = {
    "normalize/numbers.py": "ONE = 1\n",
    "lexicons/en/units.tsv": "term\nton\n",
    "components/dates/component.py": "",
    "components/dates/NOTES.md": "notes",
    "tables/__pycache__/schema.cpython-311.pyc": "compiled",
    "runs/plan.py": "no row depends on it",
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package in place of this one."""
    for name, text in FILES.items():
        path = tmp_path / "package" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(module, "PACKAGE", tmp_path / "package")
    return tmp_path / "package"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """The folder of a model."""
    folder = tmp_path / "model"
    (folder / "parser").mkdir(parents=True)
    (folder / "meta.json").write_text("{}")
    (folder / "parser" / "weights").write_bytes(b"0123")
    return folder


def test_what_goes_in(package: Path) -> None:
    made = fingerprint("blank")
    assert set(made.parts) == {"package", "schema", "libraries", "code", "lexicons", "model"}
    assert (made.parts["package"], made.parts["schema"]) == (extract.__version__, SCHEMA_VERSION)
    assert made.parts["model"] == "blank"
    assert [part.split()[0] for part in made.parts["libraries"].split(" ")[::2]] == list(LIBRARIES)


def test_a_library_that_is_not_there_counts_as_none(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIBRARIES", ("pytest", "no-such-library"))
    assert fingerprint("blank").parts["libraries"] == f"pytest {pytest.__version__} no-such-library none"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("normalize/numbers.py", "code"),
        ("layout/new.py", "code"),
        ("lexicons/en/units.tsv", "lexicons"),
        ("learned/weights/claims.npz", "lexicons"),
        ("components/dates/NOTES.md", None),
        ("tables/__pycache__/schema.cpython-311.pyc", None),
        ("tables/__pycache__/data.bin", None),
        ("ingest/.hidden", None),
        ("runs/plan.py", None),
        ("flows/new.tsv", None),
    ],
)
def test_what_changes_it(name: str, part: str | None, package: Path) -> None:
    before = fingerprint("blank")
    path = package / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("another")
    after = fingerprint("blank")
    assert changed_parts(before.parts, after.parts) == ([part] if part else [])
    assert (before.value == after.value) is (part is None)


def test_a_file_that_is_moved_changes_it(package: Path) -> None:
    before = fingerprint("blank")
    (package / "normalize/numbers.py").rename(package / "normalize/moved.py")
    assert changed_parts(before.parts, fingerprint("blank").parts) == ["code"]


def test_the_value_is_a_hash_of_all_parts_in_any_order() -> None:
    one, other = Fingerprint({"package": "1.0", "code": "c"}), Fingerprint({"code": "c", "package": "1.0"})
    assert one.value == other.value == hashlib.sha256(b"code=c\npackage=1.0").hexdigest()
    assert one.pipeline_version == f"1.0+{one.value[:12]}"


def test_parts_that_one_side_lacks_differ() -> None:
    assert changed_parts({"a": "1", "b": "2", "d": "4"}, {"a": "1", "c": "3", "d": "5"}) == ["b", "c", "d"]


def test_a_model_is_hashed_once(package: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache: HashCache = {}
    before = fingerprint(str(model), cache)
    assert set(cache) == {str(model / "meta.json"), str(model / "parser" / "weights")}
    read: list[Path] = []

    def counted(path: Path) -> str:
        read.append(path)
        return hash_file(path)

    monkeypatch.setattr(module, "hash_file", counted)
    assert fingerprint(str(model), cache) == before
    assert not [path for path in read if model in path.parents], "read again"
    stamp = (model / "meta.json").stat().st_mtime_ns + 1_000_000
    os.utime(model / "meta.json", ns=(stamp, stamp))
    assert fingerprint(str(model), cache) == before
    assert [path for path in read if model in path.parents] == [model / "meta.json"]
    (model / "parser" / "weights").write_bytes(b"01234")
    os.utime(model / "parser" / "weights", ns=(stamp, stamp))
    assert changed_parts(before.parts, fingerprint(str(model), cache).parts) == ["model"]


def test_a_model_that_is_none_is_refused(package: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load the model"):
        fingerprint(str(tmp_path / "nothing"))


def test_a_file_of_many_chunks_is_hashed_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CHUNK_BYTES", 4)
    (tmp_path / "file").write_bytes(b"0123456789")
    assert hash_file(tmp_path / "file") == hashlib.sha256(b"0123456789").hexdigest()
