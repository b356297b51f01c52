"""Pages that could not be read are named, and what was said of them can be read back."""

import pytest

from extract.errors import DamagedFile
from extract.reading.lost import Loss, lost_pages, wholly_lost

BROKEN = DamagedFile("Nội dung trang bị hỏng.", "Cần lấy lại tệp.")
CUT = DamagedFile("Tệp bị đứt giữa trang này.", "Cần lấy lại tệp.")


def test_neighbours_share_a_sentence_and_are_read_back_from_it() -> None:
    said = lost_pages({2: Loss(BROKEN), 3: Loss(BROKEN), 4: Loss(CUT, partly=True), 9: Loss(BROKEN)})
    assert [caution.message for caution in said] == [
        "Trang 2 đến trang 3 không đọc được. Nội dung trang bị hỏng. Cần lấy lại tệp.",
        "Trang 4 chỉ đọc được một phần. Tệp bị đứt giữa trang này. Cần lấy lại tệp.",
        "Trang 9 không đọc được. Nội dung trang bị hỏng. Cần lấy lại tệp.",
    ]
    assert [list(wholly_lost(caution.message)) for caution in said] == [[2, 3], [], [9]]


@pytest.mark.parametrize(
    ("stored", "pages"),
    [
        ("Page 2 could not be read: The page is broken. Fetch it again.", [2]),
        ("Frames 4 to 6 could not be read: The image is broken.", [4, 5, 6]),
        ("Page 3 could be read only in part: The file is cut off within it.", []),
        ("Trang 7 có khoảng 2 dòng chữ in không đọc được. Cần đối chiếu bản gốc.", []),
    ],
)
def test_what_older_datasets_say_is_understood(stored: str, pages: list[int]) -> None:
    assert list(wholly_lost(stored)) == pages
