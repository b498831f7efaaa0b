"""Serves plotly.js from the installed plotly package as ``plotly/plotly.min.js``: no copy in the repository, no CDN."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "plotly/plotly.min.js"


class PlotlyFinder(BaseFinder):
    """Add it to ``STATICFILES_FINDERS`` after Django's own two."""

    def __init__(self) -> None:
        self.folder = Path(str(files("plotly").joinpath("package_data")))
        self.storage = FileSystemStorage(location=str(self.folder))
        self.storage.prefix = "plotly"  # type: ignore[attr-defined]  # read by collectstatic

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file's place on disk, or an empty list as Django's finders give it."""
        wanted = path == NAME and (self.folder / "plotly.min.js").is_file()
        if not wanted:
            return []
        place = str(self.folder / "plotly.min.js")
        return [place] if find_all else place

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        yield "plotly.min.js", self.storage
