"""The lexicon, loaded once."""

import pytest

from signals.extraction.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()
