"""English phrases for periods and days."""

from __future__ import annotations

import re

from signals.extraction import calendar
from signals.extraction.period_phrases import PhraseReader, Reading

# Before a month without a year: "may" and "march" are also other words.
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|of|for|during|since|from|to|until|till|by|last|this|through|and|between|versus|on|its|their|the|our)|['’]s|,|\() ?$"
)
_LENGTH_WORDS = re.compile(r"\b(?:quarter|half|six months|year|annual)")
_OTHER_WORDS = ("march", "mar", "may")  # also verbs and names
_DECEMBER = 12
_LENGTHS = {
    "period": 0, "month": 1, "quarter": 3, "three months": 3, "half": 6, "half year": 6, "half-year": 6, "six months": 6,
    "nine months": 9, "year": 12,
}  # fmt: skip


class EnglishPhrases(PhraseReader):
    """Readings of "the first quarter of 2025", "the three months ended June 30", "in September", "2026-2030"."""

    def _en_part(self, found: re.Match[str]) -> Reading:
        """first quarter of 2025, 2025's first half, the first nine months, last year's third quarter."""
        written = found["ep_y1"] or found["ep_y2"]
        number = self.years.written(written)
        if written and number is None:
            return None
        inferred = not written or written in self.words.years
        if found["ep_count"]:
            last = self.words.count(found["ep_count"])
            number = number or self.years.implied(self.before, 1, past=last)
            return self._result(calendar.months(number, 1, last) if number else None, inferred=inferred)
        part = found["ep_part"]
        if part.startswith(("fiscal", "financial")) and not written and self.before.endswith(("its ", "their ")):
            return None
        name = self.words.parts.get(part) or self.words.parts[part.replace("-", " ")]
        return self._result(calendar.part(number, name), inferred=inferred) if number else self._part_of(name)

    def _en_ended(self, found: re.Match[str]) -> Reading:
        """the three months ended June 30, 2025; January to September 2025."""
        months = self.words.months
        number = self.years.written(found["ee_year"] or found["ee_year2"] or found["ee_year3"])
        inferred = number is None
        if found["ee_new_year"]:
            first, last = 1, 2
        else:
            last = months[found["ee_last"] or found["ee_last2"] or found["ee_last3"] or found["ee_last4"]]
            opening = found["ee_first"] or found["ee_first2"]
            length = (
                self.words.count(found["ee_count"])
                if found["ee_count"]
                else _LENGTHS.get(found["ee_span"] or found["ee_span2"], 0)
            )
            if found["ee_span"] == "period":
                length = self._length_named(found)
                if not length:
                    return None
            first = months[opening] if opening else last - length + 1
        number = number or self.years.implied(self.before, last)
        if number and found["ee_span"] == "year" and last != _DECEMBER and found["ee_last"]:
            return self._result(calendar.year(number), inferred=inferred)  # the year to June 30 is called after its end
        return self._result(calendar.months(number, first, last) if number else None, inferred=inferred)

    @staticmethod
    def _length_named(found: re.Match[str]) -> int:
        """The months of "the period ended 30 June" by the last word for a length before it; 0 when there is none."""
        words = _LENGTH_WORDS.findall(found.string, max(0, found.start() - 60), found.start())
        return {"qu": 3, "ha": 6, "si": 6, "ye": 12, "an": 12}[words[-1][:2]] if words else 0

    def _en_date(self, found: re.Match[str]) -> Reading:
        """September 30, 2025; 30 September 2025; end-June; a run of days is nobody's period."""
        month = self.words.months[found["ed_m1"] or found["ed_m2"]]
        of_month, several = found["ed_d1"] or found["ed_d2"], found["ed_to1"] or found["ed_to2"]
        number = self.years.written(found["ed_y1"] or found["ed_y2"])
        if several:
            return None
        inferred = number is None
        number = number or self.years.implied(self.before, month)
        return self._result(calendar.day(number, month, int(of_month)) if number else None, inferred=inferred)

    def _en_end(self, found: re.Match[str]) -> Reading:
        """the end of June, end-2024, year-end 2024, the end of the third quarter of 2023."""
        if found["en_part_of"]:
            name = self.words.parts[found["en_part_of"]]
            whole = calendar.part(int(found["en_ey4"]), name)
            goal = name == "Y" and self.before.rstrip(" the").endswith(("by", "before", "until"))
            return self._result(whole if goal else calendar.of_label(whole.end))
        number = self.years.written(found["en_ey"] or found["en_ey2"] or found["en_ey3"])
        inferred = number is None
        month = self.words.months[found["en_em"]] if found["en_em"] else 12
        number = number or self.years.implied(self.before, month)
        if number is None:
            return None
        target = self.before.rstrip(" the").endswith(("by", "before", "until")) and not found["en_em"]
        return self._result(calendar.year(number) if target else calendar.month_end(number, month), inferred=inferred)

    def _en_month(self, found: re.Match[str]) -> Reading:
        """September 2025, in September."""
        month = self.words.months[found["em_month"]]
        written = found["em_year"]
        number = self.years.written(written)
        if number is None:
            if found["em_month"] in _OTHER_WORDS and not _BEFORE_MONTH.search(self.before):
                return None
            number = self.years.implied(self.before, month)
            spoken = self.anchor.document or self.last
            if number and self.before.endswith("last ") and spoken and spoken.label == f"{number}-{month:02d}":
                number -= 1  # "19% above last October's", of a figure for October
        return self._result(calendar.months(number, month, month) if number else None, inferred=not written)

    def _en_same(self, found: re.Match[str]) -> Reading:
        """the three months, the quarter, the period: the one of that length that was spoken of last."""
        length = _LENGTHS[found["es_span"]]
        spoken = (self.last, self.anchor.previous, self.anchor.document)
        fits = [one for one in spoken if one and one.start != one.end and length in (0, calendar.length(one))]
        whole = calendar.cumulative_of(self.anchor.document) if self.anchor.document and length in (6, 9) else None
        if not fits and whole is not None and calendar.length(whole) == length:
            fits = [whole]
        return self._result(fits[0] if fits else None, inferred=True)

    def _en_year(self, found: re.Match[str]) -> Reading:
        return self._result(calendar.year(int(found["ey"])))

    def _en_years(self, found: re.Match[str]) -> Reading:
        """2026-2030; fiscal 2024-25 is its last year."""
        first, last = int(found["es1"]), found["es2"]
        if len(last) == 4:
            return self._result(calendar.years(first, int(last))) if int(last) > first else None
        return self._result(calendar.years(first, first // 100 * 100 + int(last))) if int(last) > first % 100 else None
