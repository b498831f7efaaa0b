"""What somebody sees of their own account: where they are signed in, and what they decided lately."""

from typing import Any

from signals.models import Decision, SignIn


def sessions(user: Any) -> list[SignIn]:
    """Where the user is signed in."""
    return list(SignIn.objects.filter(user=user.pk, ended_at=None)[:50])


def decisions(user: Any) -> list[Decision]:
    """The user's newest decisions."""
    return list(Decision.objects.filter(reviewer=user.pk).order_by("-at")[:20])
