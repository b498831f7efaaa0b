"""The lexicon of the project, loaded once a test process: half a second that some fifteen modules would each spend."""

from functools import cache

from signals.extraction.lexicon import Lexicon, load_lexicon


@cache
def lexicon() -> Lexicon:
    """What the engine knows; nobody changes it."""
    return load_lexicon()
