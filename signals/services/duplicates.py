"""Near duplicates: MinHash over character 5-grams (works for Chinese and English), looked up by bands.

Two texts are copies when their estimated Jaccard similarity is at least ``SAME``. Of a group of copies the earliest
published, then the best graded is the original, so the outcome does not depend on the order of arrival.
"""

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import eq

from django.db import connection
from django.db.models import Q
from rensa import RMinHash

from signals.models import Disclosure, DisclosureVersion, SketchBand
from signals.services import rows

PERMUTATIONS = 64
ROWS = 3  # of a band: 21 bands of 3 find pairs of similarity 0.6 with probability 0.99
ALIKE = 0.45  # estimated similarity from which texts are compared: a short reprint under a headline of its own has 0.7
CONTAINED = 0.85  # share of the shorter body's 5-grams that the longer one has
SHORTEST = 60  # characters; shorter texts are not compared
ENOUGH = (
    4 * SHORTEST
)  # 5-grams that are looked at first: of a text that does not repeat itself they tell that it is long
REMEMBERED = 50_000  # sketches that a process keeps: 60 MB at the most
_FIVE = re.compile(".{5}", re.S)
_HOLDERS = "SELECT band, array_agg(disclosure_id) FROM signals_sketchband WHERE band = ANY(%s::bigint[]) GROUP BY band"
_CURRENT = (
    "SELECT id, current_version_id FROM signals_disclosure "
    "WHERE id = ANY(%s::bigint[]) AND current_version_id IS NOT NULL"
)
SAME_NUMBERS = 0.7  # this quarter's price notice differs from the last one by its numbers alone: not a copy


def sketch(text: str) -> list[int]:
    """64 MinHash values of the text without white space; empty for texts too short to compare."""
    packed = _packed(text)
    grams = [gram for start in range(5) for gram in _FIVE.findall(packed, start)]
    if len(set(grams[:ENOUGH])) < SHORTEST - 4 and len(set(grams)) < SHORTEST - 4:
        return []
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=42)
    minhash.update(grams)
    return list(minhash.digest())


def _grams(text: str) -> set[str]:
    packed = _packed(text)
    return {packed[i : i + 5] for i in range(len(packed) - 4)}


def _packed(text: str) -> str:
    return "".join(text.split()).casefold()


def body(text: str, title: str) -> str:
    """The text without its headline and without short lines such as bylines."""
    lines = text.removeprefix(title).splitlines()
    return "\n".join(line for line in lines if len(line) > SHORTEST) or text


def contained(one: str, other: str) -> float:
    """The share of the shorter text's 5-grams that the other has, 0 to 1."""
    a, b = _grams(one), _grams(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimated Jaccard similarity of two sketches, 0 to 1."""
    return sum(map(eq, one, other)) / PERMUTATIONS if one and other else 0.0


@dataclass(frozen=True, slots=True)
class Remembered:
    """A sketch with one byte of each of its values: held against another's they tell at once that two are not alike."""

    values: Sequence[int]
    folded: int

    @classmethod
    def of(cls, values: Sequence[int]) -> "Remembered":
        return cls(array("Q", values), int.from_bytes(bytes(value & 0xFF for value in values), "big"))

    def like(self, other: "Remembered") -> bool:
        """Similarity of at least ``ALIKE``; values that are equal have equal bytes too."""
        if not self.values or not other.values:
            return False
        equal = (self.folded ^ other.folded).to_bytes(PERMUTATIONS, "big").count(0)
        return equal >= ALIKE * PERMUTATIONS and similarity(self.values, other.values) >= ALIKE


def bands(values: list[int]) -> list[int]:
    """Signed 64-bit keys, one a band."""
    keys = []
    for start in range(0, len(values) - ROWS + 1, ROWS):
        key = start
        for value in values[start : start + ROWS]:
            key = (key * 1_000_003 ^ value) & 0xFFFF_FFFF_FFFF_FFFF
        keys.append(key - 2**64 if key >= 2**63 else key)
    return keys


def same_numbers(one: str, other: str) -> bool:
    """Do two texts carry largely the same figures?"""
    a, b = (set(re.findall(r"\d[\d.,]*+", text)) for text in (one, other))
    return not (a or b) or len(a & b) >= SAME_NUMBERS * len(a | b)


@dataclass(slots=True)
class Newcomer:
    """A disclosure with the text that it has now; ``edited`` when it had another before."""

    disclosure: Disclosure
    sketch: list[int]
    text: str
    edited: bool = True

    @property
    def bands(self) -> list[int]:
        return sorted(set(bands(self.sketch)))


def note(newcomers: Iterable[Newcomer]) -> None:
    """Record the sketches of disclosures that have none yet."""
    rows.copy(
        SketchBand, ["band", "disclosure_id"], [(key, one.disclosure.pk) for one in newcomers for key in one.bands]
    )


def group(newcomers: Sequence[Newcomer]) -> set[int]:
    """Settle who is the original of whom (``locks.one_writer`` is held); sketches of those that are not edited are noted.

    Returns the ids of disclosures whose standing changed; the newcomers themselves are up to date.
    """
    keys = {one.disclosure.pk: one.bands for one in newcomers}
    edited = [one for one in newcomers if one.edited]
    if edited:
        SketchBand.objects.filter(disclosure__in=[one.disclosure.pk for one in edited]).delete()
        note(edited)
    changed: set[int] = set()
    alike = _alike(newcomers, keys)
    for one in newcomers:
        if not one.edited and not alike[one.disclosure.pk]:
            continue
        if changed:  # a newcomer before it may have settled this one too
            one.disclosure.refresh_from_db(fields=["duplicate_of"])
        mine = body(one.text, one.disclosure.title) if alike[one.disclosure.pk] else ""
        near = [
            other
            for other in alike[one.disclosure.pk]
            if other.current_version and is_copy(mine, body(other.current_version.text, other.title))
        ]
        if one.edited:
            changed |= set(_leave(one.disclosure, near))
        changed |= set(_settle(_together(one.disclosure, near)))
    if changed:
        standing = dict(Disclosure.objects.filter(pk__in=keys).values_list("pk", "duplicate_of"))
        for one in newcomers:
            one.disclosure.duplicate_of_id = standing[one.disclosure.pk]
    return changed


def _alike(newcomers: Sequence[Newcomer], keys: dict[int, list[int]]) -> dict[int, list[Disclosure]]:
    """For each newcomer the disclosures whose sketches resemble its own, in the order of their ids."""
    with connection.cursor() as cursor:  # hundreds of rows for a page, of which the ORM would make as many tuples
        cursor.execute(_HOLDERS, [list({key for own in keys.values() for key in own})])
        holders = dict(cursor.fetchall())
    near = {pk: {other for key in own for other in holders.get(key, ())} - {pk} for pk, own in keys.items()}
    sketches = _sketches({pk for found in near.values() for pk in found})
    mine = {one.disclosure.pk: Remembered.of(one.sketch) for one in newcomers}
    alike = {
        own: sorted(pk for pk in near[own] if pk in sketches and sketches[pk].like(sketch))
        for own, sketch in mine.items()
    }
    texts = (
        Disclosure.objects.filter(pk__in={pk for found in alike.values() for pk in found})
        .select_related("current_version")
        .only("title", "published_on", "canonical_url", "duplicate_of", "current_version__text")
        .in_bulk()
    )
    return {pk: [texts[other] for other in found] for pk, found in alike.items()}


_remembered: dict[int, Remembered] = {}  # by version, which never changes


def _sketches(disclosures: set[int]) -> dict[int, Remembered]:
    """The sketches of disclosures' current versions; the more there are, the more often the same ones are asked for."""
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, [list(disclosures)])
        current = dict(cursor.fetchall())
    missing = [version for version in current.values() if version not in _remembered]
    if len(_remembered) + len(missing) > REMEMBERED:
        _remembered.clear()
        missing = list(current.values())
    for pk, sketch in DisclosureVersion.objects.filter(pk__in=missing).order_by().values_list("pk", "sketch"):
        _remembered[pk] = Remembered.of(sketch)
    return {pk: _remembered[version] for pk, version in current.items()}


def is_copy(one: str, other: str) -> bool:
    """Do two bodies tell the same in the same words?"""
    return same_numbers(one, other) and contained(one, other) >= CONTAINED


def _leave(disclosure: Disclosure, near: list[Disclosure]) -> list[int]:
    """An edited text may have left its group: those that it leaves behind settle among themselves."""
    original = disclosure.duplicate_of_id or disclosure.pk
    group = [one for one in _members({original}) if one.pk != disclosure.pk]
    if not group or {one.pk for one in group} & {one.pk for one in near}:
        return []
    Disclosure.objects.filter(pk=disclosure.pk).update(duplicate_of=None)
    disclosure.duplicate_of_id = None
    return _settle(group)


def _together(disclosure: Disclosure, near: list[Disclosure]) -> list[Disclosure]:
    """The disclosure with every member of the groups that it is near to."""
    standing = Disclosure.objects.filter(pk__in=[one.pk for one in near]).values_list("pk", "duplicate_of")
    members = _members({original or pk for pk, original in standing} if near else set())
    return [disclosure, *(one for one in members if one.pk != disclosure.pk)]


def _members(originals: set[int]) -> list[Disclosure]:
    if not originals:
        return []
    found = Disclosure.objects.filter(Q(pk__in=originals) | Q(duplicate_of__in=originals))
    return list(found.defer("search", "counted").order_by("pk"))


def _settle(members: list[Disclosure]) -> list[int]:
    """Point every member to the earliest; returns the ids of those whose standing changed."""
    first = min(members, key=lambda one: (str(one.published_on or "9999"), one.canonical_url))
    changed = []
    for member in members:
        wanted = None if member.pk == first.pk else first.pk
        if member.duplicate_of_id != wanted:
            member.duplicate_of_id = wanted
            member.save(update_fields=["duplicate_of"])
            changed.append(member.pk)
    return changed
