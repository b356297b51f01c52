"""Digital PDFs as pictures of paper: clean scans, scans from an office copier, photographs."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

_DATE = time.struct_time((2020, 11, 2, 8, 0, 0, 0, 307, 0))


def pdf_to_scan(pdf: Path, path: Path, dpi: int = 300) -> None:
    """Write the pages of ``pdf`` to ``path`` as a clean scan: a PDF of grey images without any text."""
    _save_pages([_render(pdf, place, dpi) for place in range(page_count(pdf))], path, dpi, quality=88)


def copier_scan(pdf: Path, path: Path, dpi: int = 220, seed: int = 1) -> None:
    """Like :func:`pdf_to_scan`, as a copier gives it: a little askew, blurred and noisy, more compressed."""
    chance = np.random.default_rng(seed)
    pages = []
    for place in range(page_count(pdf)):
        page = _render(pdf, place, dpi)
        angle = float(chance.uniform(0.12, 0.45)) * (1 if place % 2 else -1)
        page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255).filter(
            ImageFilter.GaussianBlur(0.5)
        )
        grey = np.asarray(page, dtype=np.float32) * 0.93 + 9
        grey += chance.normal(0.0, 2.2, grey.shape).astype(np.float32)
        _add_specks(grey, chance)
        pages.append(_image(grey))
    _save_pages(pages, path, dpi, quality=45)


def photograph(pdf: Path, path: Path, dpi: int = 300, seed: int = 1) -> None:
    """Write the first page of ``pdf`` as a JPEG taken by hand: mild perspective, uneven light, a desk."""
    chance = np.random.default_rng(seed)
    page = _render(pdf, 0, dpi)
    width, height = page.size
    paper = [(0.035, 0.03), (0.972, 0.022), (0.985, 0.978), (0.02, 0.985)]
    corners = [(x * width, y * height) for x, y in paper]
    back = _perspective(corners, [(0, 0), (width, 0), (width, height), (0, height)])
    taken = page.transform(
        page.size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC, fillcolor=0
    )
    inside = Image.new("L", page.size, 255).transform(
        page.size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BILINEAR, fillcolor=0
    )
    desk = 96 + chance.normal(0, 5, (height // 8 + 1, width)).astype(np.float32).repeat(8, axis=0)[:height]
    share = np.asarray(inside, dtype=np.float32) / 255
    grey = np.asarray(taken, dtype=np.float32) * share + desk * (1 - share)
    down, across = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    light = (
        1.0 - 0.2 * across - 0.1 * down**2 - 0.08 * np.exp(-((across - 0.15) ** 2 + (down - 0.9) ** 2) * 12)
    )
    grey = grey * light + chance.normal(0, 1.6, grey.shape)
    colour = np.stack([grey * 0.985, grey * 0.965, grey * 0.915], axis=-1)
    picture = Image.fromarray(np.clip(colour, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))
    picture.save(path, "JPEG", quality=52, dpi=(dpi, dpi), optimize=True)


def page_count(pdf: Path) -> int:
    """The number of pages of ``pdf``."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _render(pdf: Path, place: int, dpi: int) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image.Image = document[place].render(scale=dpi / 72, grayscale=True).to_pil()
        return picture.convert("L")


def _image(grey: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Image.Image:
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def _add_specks(grey: np.ndarray[tuple[int, ...], np.dtype[np.float32]], chance: np.random.Generator) -> None:
    """Dust on the glass, a dozen points of one to three pixels a page."""
    height, width = grey.shape
    for _ in range(12):
        x, y, size = int(chance.integers(width)), int(chance.integers(height)), int(chance.integers(1, 4))
        grey[y : y + size, x : x + size] = chance.uniform(90, 180)


def _perspective(seen: list[tuple[float, float]], flat: list[tuple[float, float]]) -> list[float]:
    """The coefficients that take each point ``seen`` in the picture back to where it lies on the page."""
    rows = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    solved = np.linalg.solve(np.array(rows), np.array(flat, dtype=float).reshape(8))
    return [float(number) for number in solved]


def _save_pages(pages: list[Image.Image], path: Path, dpi: int, quality: int) -> None:
    first, *others = pages
    first.save(
        path,
        "PDF",
        save_all=True,
        append_images=others,
        resolution=dpi,
        quality=quality,
        optimize=True,
        creationDate=_DATE,
        modDate=_DATE,
    )
