"""The characters that make up most of running text: what a right decoding is full of, and a wrong one is not."""

from __future__ import annotations

from signals.extraction.entries import LEXICON_FOLDER

_LINES = (LEXICON_FOLDER / "common.txt").read_text("utf-8").splitlines()
_WORDS = "".join(line for line in _LINES if not line.startswith("#"))
COMMON_HANZI = frozenset(_WORDS + "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·％￥〔〕～０１２３４５６７８９　－")
COMMON_LATIN = frozenset("’‘“”–—…•·°±×½¼²³§€£¥©®™«»àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßÀÁÂÄÅÆÇÈÉÊËÍÑÓÔÖØÚÜŒœŠšŽž\u00a0¡¿ªº")
