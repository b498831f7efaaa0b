"""Compressed styles and scripts, without making the first start wait for the last few bytes of the chart library."""

from typing import Any

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# plotly.js (4.8 MB): quality 11 takes 8 s and gives 1.11 MB, quality 9 takes 0.4 s and gives 1.23 MB.
LARGE_BYTES = 1_000_000
QUALITY_OF_LARGE = 9


class QuickCompressor(Compressor):
    """WhiteNoise's compressor, quicker on large files."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """What WhiteNoise stores as `.br`."""
        return brotli.compress(data, quality=QUALITY_OF_LARGE if len(data) > LARGE_BYTES else 11)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Names with a hash of the content in them, so that browsers may keep them for good."""

    def create_compressor(self, **options: Any) -> Compressor:
        """The hook that WhiteNoise offers."""
        return QuickCompressor(**options)
