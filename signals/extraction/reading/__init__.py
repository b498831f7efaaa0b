"""Reading: the bytes of a page, a pasted text or a PDF to the article's own text, with structure and a map back.

One way through: charset -> lines of the page (html, plain, pdf) -> repairs -> main content -> sections -> blocks.
"""

from .reader import UnreadableError, read
from .sections import sections_of

__all__ = ["UnreadableError", "read", "sections_of"]
