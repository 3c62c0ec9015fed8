"""Storage: what is written whole, what is listed, removed and cleaned, and what is said where it cannot be done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extract.errors import OutputFolderError, StorageError
from extract.store.storage import LocalStorage, RemoteStorage, Staged, checked, existing_storage, open_storage


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x", "a//b", "", "a/./b", "a\\b", "a\0b"])
def test_names_cannot_leave_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match="no name below the output folder"):
        checked(name)


@pytest.mark.parametrize("place", ["local", "memory"])
def test_storages_behave_alike(place: str, tmp_path: Path) -> None:
    storage = open_storage(tmp_path / "out" if place == "local" else f"memory://{tmp_path.name}/out")
    assert isinstance(storage, LocalStorage if place == "local" else RemoteStorage)
    assert storage.names("a") == []
    assert storage.stat("a/b") is None
    with pytest.raises(FileNotFoundError):
        storage.read("a/b")
    storage.write("a/b", b"one")
    storage.write("a/b", b"three")
    storage.write("a/c/d", b"x")
    storage.write("a/.b.1-2.tmp", b"half")
    assert storage.read("a/b") == b"three"
    assert storage.names("a") == ["b", "c"]
    assert storage.names("a/b") == [] or place == "memory"
    found = storage.stat("a/b")
    assert found is not None
    assert found.size_bytes == 5
    assert found == storage.stat("a/b")
    storage.remove("a/c")
    storage.remove("a/nothing")
    storage.clean("a")
    assert storage.names("a") == ["b"]


def test_a_place_may_be_written_as_a_url(tmp_path: Path) -> None:
    storage = open_storage(f"file://{tmp_path}/out")
    assert isinstance(storage, LocalStorage)
    assert storage.url == str(storage.local_root) == str(tmp_path / "out")
    assert open_storage("memory://bucket/out/").url == "memory://bucket/out"
    assert open_storage("memory://bucket/out").local_root is None


def test_a_url_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(OutputFolderError, match="cannot use 'nosuch://x': "):
        open_storage("nosuch://x")


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputFolderError, match="out' is a file; give a folder"):
        open_storage(tmp_path / "out")


def test_a_folder_that_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(OutputFolderError, match=r"no folder '.*/typo'; give the folder of the tables with --out"):
        existing_storage(tmp_path / "typo")
    assert existing_storage(tmp_path).local_root == tmp_path
    assert existing_storage("memory://bucket/out").local_root is None


def test_the_token_of_a_file_changes_with_its_time(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    storage.write("a", b"one")
    os.utime(tmp_path / "a", ns=(5, 1_700_000_000_000_000_007))
    found = storage.stat("a")
    assert found is not None
    assert (found.size_bytes, found.token) == (3, "1700000000000000007")
    assert storage.stat("a/b") is None


def test_links_are_removed_and_not_what_they_lead_to(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path / "out")
    storage.write("runs/1/file", b"x")
    (tmp_path / "out/link").symlink_to(tmp_path / "out/runs")
    storage.remove("link")
    assert not (tmp_path / "out/link").is_symlink()
    assert storage.read("runs/1/file") == b"x"
    storage.remove("runs")
    assert not (tmp_path / "out/runs").exists()


def full(handle: int) -> None:
    raise OSError(28, os.strerror(28))


def test_a_full_disk_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = LocalStorage(tmp_path)
    storage.write("t/part", b"good")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError) as told:
        storage.write("t/part", b"better")
    assert str(told.value) == (
        f"cannot write {tmp_path}/t/part: No space left on device; make room or give another --out, then run again:"
        " finished batches are kept"
    )
    assert storage.read("t/part") == b"good"
    assert os.listdir(tmp_path / "t") == ["part"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "t").write_text("a file")
    with pytest.raises(StorageError, match=r"cannot write .*/t/part: "):
        LocalStorage(tmp_path).write("t/part", b"x")


def test_staged_files_wait_beside_their_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = LocalStorage(tmp_path)
    storage.write("t/a", b"old")
    first, second = storage.stage("t/a", b"new"), storage.stage("t/b", b"new")
    assert storage.read("t/a") == b"old"
    assert storage.names("t") == ["a"], "what is staged is not listed"
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    storage.put_staged([first, second])
    assert len(synced) == 1, "the folder, once"
    assert [storage.read(f"t/{name}") for name in "ab"] == [b"new", b"new"]
    third = storage.stage("t/c", b"new")
    third.drop()
    third.drop()
    assert storage.names("t") == ["a", "b"] == sorted(os.listdir(tmp_path / "t"))


def test_a_staged_file_that_cannot_be_put_is_dropped(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    staged = storage.stage("t/a", b"new")
    (tmp_path / "t/a").mkdir()
    with pytest.raises(StorageError, match=r"cannot write .*/t/a: Is a directory; make room"):
        storage.put_staged([staged])
    assert os.listdir(tmp_path / "t") == ["a"]


def test_what_cannot_be_synced_is_put_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = LocalStorage(tmp_path)
    staged = storage.stage("t/a", b"new")
    monkeypatch.setattr(os, "fsync", full)
    storage.put_staged([staged])
    assert storage.read("t/a") == b"new"


def test_an_object_is_in_place_once_it_is_staged(tmp_path: Path) -> None:
    storage = open_storage(f"memory://{tmp_path.name}/staged")
    staged = storage.stage("t/a", b"new")
    assert staged == Staged("t/a", "t/a")
    storage.put_staged([staged])
    staged.drop()
    assert storage.read("t/a") == b"new"


def test_an_object_store_that_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = open_storage(f"memory://{tmp_path.name}/refuses")
    assert isinstance(storage, RemoteStorage)

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("no credentials")

    monkeypatch.setattr(storage._fs, "pipe_file", refuse)
    with pytest.raises(StorageError, match=rf"cannot write memory://{tmp_path.name}/refuses/t/a: no credentials; "):
        storage.write("t/a", b"x")


def test_temporary_files_of_a_killed_process_are_cleaned(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    litter = (".top.1-2.tmp", "t/.part.1-2.tmp", "t/deep/.part.1-2.tmp")
    for name in ("t/part", "t/.keep", "t/deep/part.tmp", *litter):
        storage.write(name, b"x")
    assert storage.names("t") == [".keep", "deep", "part"]
    storage.clean("")
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"t/part", "t/.keep", "t/deep/part.tmp", *litter[1:]}, "of the folder itself alone"
    storage.clean("t")
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"t/part", "t/.keep", "t/deep/part.tmp"}
    storage.clean("nothing")
