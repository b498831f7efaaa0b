"""The lexicon, loaded once for all tests of the engine."""

import pytest

from signals.extraction.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()
