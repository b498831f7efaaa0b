"""Twenty editors at once on one database: no decision is lost, none overwrites another unseen, nobody waits for ever."""

import random
import threading
from collections import Counter

import pghistory
import pytest
from django.contrib.auth import get_user_model
from django.db import connections

from reex_site.lib.roles import give_role
from signals.models import AuditEntry, Decision, IndicatorCurrent
from signals.services import decisions, integrity, rebuild, review
from signals.services.review import Verdict

EDITORS, DECISIONS = 20, 1000
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.mark.django_db(transaction=True)
def test_twenty_editors_make_a_thousand_decisions(take):
    said = " ".join(
        f"Northern Rare Earth's revenue in {month} {year} was RMB {100 + 7 * at} million."
        for year in (2023, 2024)
        for at, month in enumerate(MONTHS)
    )
    take(
        f"<html lang='en'><body><article><h1>Northern Rare Earth month by month</h1><p>28 August 2025</p><p>{said}</p></article></body></html>"
    )
    keys = list(IndicatorCurrent.objects.values_list("pk", flat=True))
    assert len(keys) >= 20
    team = []
    for number in range(EDITORS):
        user = get_user_model().objects.create_user(f"editor-{number}", password=None)
        give_role(user, "editor")
        team.append(user)
    logged = AuditEntry.objects.count()
    outcomes: Counter[str] = Counter()
    mistakes: list[BaseException] = []
    guard = threading.Lock()

    def work(user, seed):
        chance = random.Random(seed)
        try:
            done = 0
            while done < DECISIONS // EDITORS:
                key = chance.choice(keys)
                row = IndicatorCurrent.objects.get(pk=key)
                shown = review.token(row, decisions.standing([key]).get(key))
                verdict = chance.choice(
                    [
                        Verdict("accept"),
                        Verdict("correct", values={"value": str(chance.randint(1, 10**9))}),
                        Verdict("defer"),
                        Verdict("reject", reason="duplicate"),
                    ]
                )
                try:
                    with pghistory.context(user=user.pk, url="/review/"):
                        review.decide(user, "indicator", key, verdict, shown)
                    done += 1
                    outcome = "written"
                except review.ChangedError:
                    outcome = "shown both"
                with guard:
                    outcomes[outcome] += 1
        except BaseException as error:
            mistakes.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(user, seed)) for seed, user in enumerate(team)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=240)
    assert mistakes == []
    assert outcomes["written"] == DECISIONS == Decision.objects.count()
    # Each decision was made on the state that the one before it left: the standing one is the newest, and it is on the page.
    standing = decisions.standing(keys)
    for row in IndicatorCurrent.objects.filter(pk__in=standing):
        assert row.state == decisions.state_of(standing[row.pk])
        if "value" in standing[row.pk].corrected:
            assert decisions.text_of(row.value) == standing[row.pk].corrected["value"]
    written = AuditEntry.objects.filter(table="decision")
    assert written.count() == DECISIONS
    assert Counter(written.values_list("actor", flat=True)) == Counter({user.pk: DECISIONS // EDITORS for user in team})
    assert AuditEntry.objects.count() > logged + DECISIONS
    assert list(integrity.check()) == []
    before = list(IndicatorCurrent.objects.order_by("key").values())
    rebuild.rebuild()
    assert list(IndicatorCurrent.objects.order_by("key").values()) == before
