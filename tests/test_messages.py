"""What is stored with documents and files, and shown to people, is said in Vietnamese."""

import ast
import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract import errors
from extract.errors import FileProblem, cause

ROOT = Path(__file__).parent.parent
PROBLEMS = {
    one.__name__ for one in vars(errors).values() if isinstance(one, type) and issubclass(one, FileProblem)
}
FIRST = {"Caution": 1, "Failure": 1, **dict.fromkeys(PROBLEMS, 0)}
"""The first argument that is a sentence; in front of it stands the code."""


def sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The literal text of messages, given to the call itself or by way of a name."""
    given = [
        argument
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FIRST
        for argument in node.args[FIRST[node.func.id] :]
    ]
    names = {part.id for one in given for part in ast.walk(one) if isinstance(part, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(
            isinstance(one, ast.Name) and one.id in names for one in node.targets
        ):
            given.append(node.value)
    for one in given:
        parts = [part.value for part in ast.walk(one) if isinstance(part, ast.Constant)]
        text = " ".join(part for part in parts if isinstance(part, str))
        if len(text.split()) > 2:
            yield one.lineno, text


@pytest.mark.parametrize("package", ["extract", "pipelines"])
def test_messages_are_vietnamese(package: str) -> None:
    found = [
        (path.relative_to(ROOT).as_posix(), line, text)
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, text in sentences(ast.parse(path.read_text("utf-8")))
    ]
    assert len(found) > 20
    assert [one for one in found if one[2].isascii()] == []


def test_why_the_system_refused_a_file() -> None:
    assert cause(PermissionError(errno.EACCES, "Permission denied")) == "không có quyền truy cập"
    assert cause(OSError(errno.EDOM, "Out of domain")) == "Out of domain"
    assert cause(OSError()) == "lỗi của hệ thống"
