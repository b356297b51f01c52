"""Where a user's things are: the workspace folder with the dataset, units files and the log."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from annotations.files import files_about
from corpora.checks.notes import refresh
from corpora.copies.mark import mark_copies
from corpora.dataset import FILE_NAME, Dataset, Forgotten
from extract.errors import WorkspaceProblem
from pipelines import originals
from pipelines.following import follow

VARIABLE = "RASOAT_WORKSPACE"
DEFAULT = "rasoat-workspace"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that may not exist yet."""

    folder: Path

    @classmethod
    def locate(cls, folder: Path | str | None = None) -> Workspace:
        """The folder given, else that of ``RASOAT_WORKSPACE``, else ``./rasoat-workspace``."""
        chosen = folder or os.environ.get(VARIABLE) or DEFAULT
        return cls(Path(chosen).expanduser())

    @property
    def dataset(self) -> Path:
        """The SQLite file."""
        return self.folder / FILE_NAME

    @property
    def units_folder(self) -> Path:
        """Where users put units files: CSV with the columns of ``extract.units.register``."""
        return self.folder / "units"

    @property
    def originals(self) -> Path:
        """Copies of files whose text was converted (``pipelines.originals``)."""
        return self.folder / "originals"

    @property
    def log(self) -> Path:
        """Details of internal errors, for whoever repairs them."""
        return self.folder / "errors.log"

    @property
    def ocr_cache(self) -> Path:
        """What was recognised, so that no picture is read twice; may be removed at any time."""
        return self.folder / "cache" / "ocr"

    @property
    def annotations(self) -> Path:
        """Where reviewers keep their files; ``rasoat train --with-corrections`` takes them in."""
        return self.folder / "annotations"

    @property
    def model(self) -> Path:
        """The model that learned from this workspace's reviewers; files are read with it where it is."""
        return self.folder / "model"

    def own_model(self) -> Path | None:
        """The folder of the workspace's own model, ``None`` where it has none."""
        return self.model if self.model.is_dir() else None

    def units(self) -> list[Path]:
        """The units files, by name."""
        if not self.units_folder.is_dir():
            return []
        return sorted(
            path
            for path in self.units_folder.iterdir()
            if path.suffix.lower() == ".csv" and path.is_file() and not path.name.startswith((".", "~$"))
        )

    def forget(self, source: str) -> Forgotten:
        """Remove a source, everything read from it, the copy of its file and the reviewers' files about it.

        :class:`UsageError` if there is no such source.
        """
        with self.open() as dataset:
            gone = dataset.forget(source)
            self.settle_units(dataset)
            mark_copies(dataset)
            follow(dataset)
            refresh(dataset)
            originals.sweep(self.originals, dataset.contents())
        sheets = files_about(self.annotations, gone.source)
        for path in sheets:
            path.unlink()
        return replace(gone, sheets=len(sheets))

    def open(self, create: bool = False) -> Dataset:
        """Open the dataset, with the national register and the units files of now over it.

        :class:`WorkspaceProblem` if there is none (unless ``create``) or it cannot be used,
        :class:`UsageError` if a units file is wrong.
        """
        from extract.units.register import Register

        if self.folder.exists() and not self.folder.is_dir():
            raise WorkspaceProblem(f"The workspace {self.folder} is a file. Name a folder: --workspace DIR")
        own = self.units()
        if not self.dataset.exists():
            Register.load(own, country=True)  # a wrong units file leaves no dataset behind
        dataset = Dataset.open(self.dataset, create)
        try:
            if dataset.writable:
                self.settle_units(dataset)
        except BaseException:
            dataset.close()
            raise
        return dataset

    def settle_units(self, dataset: Dataset) -> None:
        """Look up the units that documents name, if some are new, or the register or a units file changed."""
        from extract.units.register import Register, version_of

        own = self.units()
        version = version_of(own)
        if not dataset.units_settled(version):
            dataset.settle_units(Register.load(own, country=True), version)
