"""The lexicon, loaded once."""

import pytest

from signals.extraction.lexicon import Lexicon
from tests import lexicon as shared


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return shared.lexicon()
