"""What editors would teach the lexicon: the list, and what a correction suggests."""

from __future__ import annotations

from signals.models import Indicator, Measurement, Proposal
from signals.selectors import review

SHOWN = 200


def newest() -> list[Proposal]:
    """The newest proposals, each with its ``measuring`` while that has not ended well."""
    rows = list(Proposal.objects.select_related("proposed_by", "decided_by", "measurement")[:SHOWN])
    for one in rows:
        one.measuring = _under_way(one)  # type: ignore[attr-defined]
    return rows


def accepted() -> int:
    """How many stand over the lexicon's files."""
    return Proposal.objects.filter(state="accepted").count()


def _under_way(proposal: Proposal) -> Measurement | None:
    """The measuring that has not ended well, if there is one."""
    found: Measurement | None = getattr(proposal, "measurement", None)
    return found if found is not None and found.state != "done" else None


def suggested(number: str) -> dict[str, str]:
    """What a correction suggests: its words for the company or metric that the editor set."""
    decision = review.decision(number)
    if decision is None:
        return {}
    finding = Indicator.objects.filter(key=decision.finding_key).order_by("-pk").first()
    given = {"decision": number}
    if decision.corrected.get("subject"):
        return given | {
            "kind": "alias",
            "target": f"names/{decision.corrected['subject']}",
            "phrase": _said(finding, "subject"),
        }
    if decision.corrected.get("metric"):
        return given | {
            "kind": "metric",
            "target": f"metrics/{decision.corrected['metric']}",
            "phrase": _said(finding, "metric"),
        }
    if decision.reason == "not_a_figure":
        return given | {"kind": "not_a_figure", "target": "units/serial", "phrase": _word_before(finding)}
    return given


def _said(finding: Indicator | None, name: str) -> str:
    """The words of the text that decided a field; empty where none did, for a remark of the engine is no alias."""
    words = str(finding.why.get(name) or "") if finding else ""
    return words if finding and words in f"{finding.prefix}{finding.exact}{finding.suffix}" else ""


def _word_before(finding: Indicator | None) -> str:
    if finding is None:
        return ""
    before = finding.exact[: max(0, finding.figure_start - finding.start)].split()
    return before[-1][-20:] if before else ""
