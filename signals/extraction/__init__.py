"""The engine: what a text says, exactly, in English and Chinese, and why. See ``README.md`` in this folder.

``extract(data, load_lexicon())`` is all that most callers need; the records it returns are in ``records`` and ``contract``.
"""

from signals.extraction.engine import extract
from signals.extraction.lexicon import load_lexicon

__all__ = ["extract", "load_lexicon"]
