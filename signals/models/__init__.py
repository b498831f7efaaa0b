"""One file a station: source → fetch → snapshot → disclosure → extraction → indicator / signal → review → page."""

from signals.models.audit import AuditEntry, SignIn
from signals.models.commitment import Commitment, CommitmentStep
from signals.models.disclosure import Disclosure, DisclosureVersion, Origin, SketchBand
from signals.models.extraction import Extraction, Mention, SloganUse
from signals.models.indicator import Fact, Indicator, IndicatorCurrent
from signals.models.page import Heartbeat, Reader, Rollup, SavedView, TimelineEntry
from signals.models.review import Annotation, Decision, FullReview, Measurement, Proposal
from signals.models.signal import Signal, SignalCurrent
from signals.models.snapshot import Capture, Snapshot
from signals.models.source import Fetch, FetchRun, Host, Source, SourceEvent, SourcePreview

__all__ = [
    "Annotation",
    "AuditEntry",
    "Capture",
    "Commitment",
    "CommitmentStep",
    "Decision",
    "Disclosure",
    "DisclosureVersion",
    "Extraction",
    "Fact",
    "Fetch",
    "FetchRun",
    "FullReview",
    "Heartbeat",
    "Host",
    "Indicator",
    "IndicatorCurrent",
    "Measurement",
    "Mention",
    "Origin",
    "Proposal",
    "Reader",
    "Rollup",
    "SavedView",
    "SignIn",
    "Signal",
    "SignalCurrent",
    "SketchBand",
    "SloganUse",
    "Snapshot",
    "Source",
    "SourceEvent",
    "SourcePreview",
    "TimelineEntry",
]
