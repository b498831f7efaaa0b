"""The lexicon that this process reads with: the YAML files, loaded once."""

from functools import lru_cache

from signals.extraction import load_lexicon
from signals.extraction.lexicon import Lexicon


@lru_cache(maxsize=1)
def current() -> Lexicon:
    """The lexicon in force. A running worker keeps the one it started with until it restarts."""
    return load_lexicon()
