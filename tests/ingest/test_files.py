"""Finding documents below a raw folder: order, suffixes, links, odd names, folders that cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extract.errors import RawFolderError
from extract.ingest.files import Source, find_documents


def make(raw: Path, *names: str) -> None:
    for name in names:
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.", encoding="utf-8")


def ids(raw: Path) -> list[str]:
    return [file.doc_id for file in find_documents(raw)[0] if not file.problem]


def reasons(raw: Path) -> dict[str, str]:
    documents, ignored = find_documents(raw)
    return dict(ignored) | {file.doc_id: file.problem for file in documents if file.problem}


def test_documents_in_stable_order_with_their_paths(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.md", "a/b/c.HTML", "a.htm", "a-1/x.txt")
    assert ids(tmp_path) == ["a/b/c.HTML", "a/z.md", "a-1/x.txt", "a.htm", "b.txt"]
    file = find_documents(tmp_path)[0][-1]
    assert (file.place, file.size_bytes) == (str(tmp_path / "b.txt"), 5)
    assert file.token == str((tmp_path / "b.txt").stat().st_mtime_ns)


def test_everything_else_is_told_with_its_reason(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.json", ".hidden.txt", ".git/config.txt", "metadata.csv", "sub/metadata.csv", "noend")
    assert ids(tmp_path) == ["a.txt"]
    found = reasons(tmp_path)
    assert set(found) == {"b.json", ".hidden.txt", ".git", "sub/metadata.csv", "noend"}
    assert "'.json' is not one of .txt, .md, .srt" in found["b.json"]
    assert "hidden" in found[".git"]
    assert not any(file.problem for file in find_documents(tmp_path)[0])


@pytest.mark.parametrize(
    "name",
    ["..draft.txt", "a..b.txt", "minutes … №3.txt", "議事録.txt", "e\u0301t\u00e9.txt", "a b\n c.txt", "it's.txt"],
)
def test_odd_names_are_documents(tmp_path: Path, name: str) -> None:
    make(tmp_path, name)
    assert ids(tmp_path) == [name]


def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Text.", encoding="utf-8")
    (file,) = find_documents(tmp_path)[0]
    assert file.doc_id == "caf\\xe9.txt"
    assert Path(file.place).read_text(encoding="utf-8") == "Text."


def test_links_are_not_followed(tmp_path: Path) -> None:
    raw, outside = tmp_path / "raw", tmp_path / "outside"
    make(raw, "sub/a.txt")
    make(outside, "secret.txt")
    (raw / "sub" / "loop").symlink_to(raw)
    (raw / "self").symlink_to(raw / "self")
    (raw / "away").symlink_to(outside)
    (raw / "away.txt").symlink_to(outside / "secret.txt")
    (raw / "dead.txt").symlink_to(raw / "nothing.txt")
    (raw / "twice.txt").symlink_to(raw / "sub" / "a.txt")
    assert ids(raw) == ["sub/a.txt"]
    found = reasons(raw)
    assert "loop" in found["sub/loop"]
    assert "circle" in found["self"]
    assert "out of the raw folder" in found["away"]
    assert "out of the raw folder" in found["away.txt"]
    assert "nowhere" in found["dead.txt"]
    assert "sub/a.txt" in found["twice.txt"]


def test_a_raw_folder_that_is_a_link_is_read(tmp_path: Path) -> None:
    make(tmp_path / "real", "a.txt")
    (tmp_path / "raw").symlink_to(tmp_path / "real")
    assert ids(tmp_path / "raw") == ["a.txt"]


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    problem = "is a pipe, socket or device, not a file"
    assert find_documents(tmp_path) == ([Source("pipe.txt", str(tmp_path / "pipe.txt"), problem=problem)], [])


def test_two_names_that_are_shown_alike(tmp_path: Path) -> None:
    make(tmp_path, "caf\\xe9.txt")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Text.", encoding="utf-8")
    assert ids(tmp_path) == ["caf\\xe9.txt"]
    assert "another file" in find_documents(tmp_path)[1][0][1]


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.txt", "locked/b.txt")
    real = os.scandir

    def scandir(path: str | os.PathLike[str]) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert ids(tmp_path) == ["a.txt"]
    assert reasons(tmp_path) == {"locked": "folder cannot be listed: Permission denied"}


def test_a_missing_raw_folder_names_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(RawFolderError, match="does not exist") as caught:
        find_documents(tmp_path / "no" / "such")
    assert str(tmp_path) in str(caught.value)
    assert "Give the folder" in str(caught.value)


def test_a_raw_folder_that_is_a_file(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    with pytest.raises(RawFolderError, match="is a file, not a folder"):
        find_documents(tmp_path / "a.txt")


def test_deep_folders(tmp_path: Path) -> None:
    deep = "/".join("d" for _ in range(300)) + "/a.txt"
    make(tmp_path, deep)
    assert ids(tmp_path) == [deep]
