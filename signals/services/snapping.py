"""Where a selection should begin and end: at characters, words, a figure with its unit, or whole sentences."""

from signals.extraction.lexicon import Lexicon
from signals.extraction.quantities import find_quantities
from signals.extraction.records import Span
from signals.extraction.sentences import split_sentences

MODES = ["character", "word", "figure", "sentence"]


def snap(text: str, start: int, end: int, mode: str, lexicon: Lexicon) -> Span:
    """The selection widened to whole units of ``mode``, blanks at its ends left out; itself where nothing fits."""
    start, end = _trimmed(text, max(0, min(start, end)), min(len(text), max(start, end)))
    if start >= end:  # only blanks: the next word after them
        start = next((at for at in range(end, len(text)) if not text[at].isspace()), end)
        end = min(start + 1, len(text))
    if start >= end or mode == "character":
        return start, end
    if mode == "word":
        return _word_start(text, start, lexicon), _word_end(text, end, lexicon)
    line = text.rfind("\n", 0, start) + 1, (text.find("\n", end) + 1 or len(text) + 1) - 1
    if mode == "figure":
        found = [one.core for one in find_quantities(text, *line, lexicon) if one.core[0] < end and one.core[1] > start]
    else:
        found = [one for one in split_sentences(text, *line) if one[0] < end and one[1] > start]
    return (min(one[0] for one in found), max(one[1] for one in found)) if found else (start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _word_start(text: str, at: int, lexicon: Lexicon) -> int:
    if _han(text[at]):
        return _known(text, at, lexicon)[0]
    while at > 0 and _inside(text[at - 1]) and _inside(text[at]):
        at -= 1
    return at


def _word_end(text: str, end: int, lexicon: Lexicon) -> int:
    if _han(text[end - 1]):
        return max(end, _known(text, end - 1, lexicon)[1])
    while end < len(text) and _inside(text[end]) and _inside(text[end - 1]):
        end += 1
    return end


def _known(text: str, at: int, lexicon: Lexicon) -> Span:
    """The longest word of the lexicon over this Chinese character, else the character: Chinese has no spaces to go by."""
    near = max(0, at - 24), min(len(text), at + 24)
    hits = [(hit.start, hit.end) for hit in lexicon.find(text, *near) if hit.start <= at < hit.end]
    return max(hits, key=lambda span: span[1] - span[0], default=(at, at + 1))


def _inside(char: str) -> bool:
    return (char.isalnum() or char in "_-.,%&'’") and not _han(char)


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
