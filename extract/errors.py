"""One class per cause, each with the sentence that tells a person what to do.

What is wrong with a *file* is a :class:`FileProblem`: the batch catches it, writes it into the
ledger and goes on. What is wrong with the *call or the installation* is a
:class:`RasoatError` that is no ``FileProblem``: it ends the command with exit status 2.
"""

from __future__ import annotations

import errno

_SYSTEM = {
    errno.ENOENT: "tệp hoặc thư mục không còn ở đó",
    errno.ENOTDIR: "đường dẫn không phải là thư mục",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.EACCES: "không có quyền truy cập",
    errno.EPERM: "không có quyền truy cập",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EIO: "ổ đĩa đọc, ghi bị lỗi",
    errno.EBUSY: "chương trình khác đang dùng tệp",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.ELOOP: "đường dẫn nối vòng",
}


class RasoatError(Exception):
    """Base of everything rasoat raises on purpose; ``str(error)`` is meant for people."""


class FileProblem(RasoatError):
    """A file that cannot be used. ``code`` is stable, ``reason`` and ``remedy`` are Vietnamese sentences.

    They are stored with the file and shown beside Vietnamese answers; a remedy begins with "Cần".
    """

    code = "unreadable"

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[FileProblem], tuple[str, str]]:
        return type(self), (self.reason, self.remedy)  # it travels between processes


class EmptyFile(FileProblem):
    """The file holds no bytes or no words."""

    code = "empty"


class EncryptedFile(FileProblem):
    """The file opens only with a password."""

    code = "encrypted"


class DamagedFile(FileProblem):
    """The file is cut off or its structure is broken."""

    code = "damaged"


class WrongType(FileProblem):
    """The content is of another type than the name says."""

    code = "wrong_type"


class UnsupportedType(FileProblem):
    """A type of file that rasoat does not read."""

    code = "unsupported"


class NotVietnamese(FileProblem):
    """The file can be read, but what it holds is not Vietnamese text."""

    code = "not_vietnamese"


class TooLarge(FileProblem):
    """The file is past the bounds on memory or time."""

    code = "too_large"


class MissingProgram(FileProblem):
    """An outside program (Tesseract) or its language data that this file needs is missing."""

    code = "missing_program"


def cause(error: OSError) -> str:
    """Why the system refused a file, in Vietnamese, to stand behind a colon; else in its own words."""
    known = _SYSTEM.get(error.errno) if error.errno is not None else None
    return known or error.strerror or "lỗi của hệ thống"


class WorkspaceProblem(RasoatError):
    """The workspace or its dataset cannot be used."""


class UsageError(RasoatError):
    """The call itself was wrong: an unknown label, a document that does not exist."""
