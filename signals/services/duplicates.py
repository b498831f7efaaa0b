"""Near duplicates: MinHash over character 5-grams (works for Chinese and English), looked up by bands.

Two texts are copies when their estimated Jaccard similarity is at least ``SAME``. Of a group of copies the earliest
published, then the best graded is the original, so the outcome does not depend on the order of arrival.
"""

import re

from rensa import RMinHash

from signals.models import Disclosure, SketchBand

PERMUTATIONS = 64
ROWS = 4  # of a band: 16 bands of 4 find pairs of similarity 0.8 with probability 0.9998
SAME = 0.8
SAME_NUMBERS = 0.7  # this quarter's price notice differs from the last one by its numbers alone: not a copy


def sketch(text: str) -> list[int]:
    """64 MinHash values of the text without white space; empty for texts too short to compare."""
    packed = re.sub(r"\s+", "", text).casefold()
    if len(packed) < 60:
        return []
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=42)
    minhash.update(list({packed[i : i + 5] for i in range(len(packed) - 4)}))
    return list(minhash.digest())


def similarity(one: list[int], other: list[int]) -> float:
    """Estimated Jaccard similarity of two sketches, 0 to 1."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / PERMUTATIONS if one and other else 0.0


def bands(values: list[int]) -> list[int]:
    """Signed 64-bit keys, one a band."""
    keys = []
    for start in range(0, len(values), ROWS):
        key = start
        for value in values[start : start + ROWS]:
            key = (key * 1_000_003 ^ value) & 0xFFFF_FFFF_FFFF_FFFF
        keys.append(key - 2**64 if key >= 2**63 else key)
    return keys


def same_numbers(one: str, other: str) -> bool:
    """Do two texts carry largely the same figures?"""
    a, b = (set(re.findall(r"\d[\d.,]*+", text)) for text in (one, other))
    return not (a or b) or len(a & b) >= SAME_NUMBERS * len(a | b)


def group(disclosure: Disclosure, values: list[int], text: str) -> list[int]:
    """Record the sketch and settle who is the original (``locks.one_writer`` is held); returns ids of disclosures whose standing changed."""
    SketchBand.objects.filter(disclosure=disclosure).delete()
    if not values:
        return _settle([disclosure])
    keys = bands(values)
    near_ids = set(SketchBand.objects.filter(band__in=keys).values_list("disclosure_id", flat=True))
    SketchBand.objects.bulk_create([SketchBand(band=key, disclosure=disclosure) for key in sorted(set(keys))])
    near = [
        other
        for other in Disclosure.objects.filter(pk__in=near_ids).select_related("current_version", "source")
        if other.current_version
        and similarity(values, other.current_version.sketch) >= SAME
        and same_numbers(text, other.current_version.text)
    ]
    return _settle([disclosure, *near])


def _settle(members: list[Disclosure]) -> list[int]:
    originals = {member.duplicate_of_id for member in members if member.duplicate_of_id}
    known = {member.pk for member in members}
    members = members + list(Disclosure.objects.filter(pk__in=originals - known).select_related("source"))
    first = min(members, key=lambda one: (str(one.published_on or "9999"), one.source.grade, one.canonical_url))
    changed = []
    for member in members:
        wanted = None if member.pk == first.pk else first.pk
        if member.duplicate_of_id != wanted:
            member.duplicate_of_id = wanted
            member.save(update_fields=["duplicate_of"])
            changed.append(member.pk)
    return changed
