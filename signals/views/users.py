"""`/users/`: accounts and their roles, for admins."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reex_site.lib.htmx import render_page
from reex_site.lib.roles import ROLES, given_role
from signals.selectors import second_factor as second_factor_of
from signals.services import accounts, audit, second_factor
from signals.views.permissions import role_required


@role_required("admin")
@require_GET
def users(request: HttpRequest) -> HttpResponse:
    return _page(request)


@role_required("admin")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    given = {name: request.POST.get(name, "") for name in ("username", "email", "role")}
    try:
        user = accounts.create(
            request.user, given["username"], given["email"], request.POST.get("password", ""), given["role"]
        )
    except ValidationError as refused:
        return _page(request, given, refused.messages, 422)
    messages.success(request, _("The account %(name)s is there.") % {"name": user.get_username()})
    return HttpResponseRedirect(reverse("signals:users"))


@role_required("admin")
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One of: another role, closing or opening the account, ending its sessions, taking its second factor off."""
    model = get_user_model()
    active = {"close": False, "open": True}.get(request.POST.get("act", ""))
    try:
        user = model.objects.get(pk=pk)
        if request.POST.get("act") == "sign_out":
            audit.sign_out_everywhere(user)
        elif request.POST.get("act") == "reset_second_factor":
            second_factor.reset(request.user, user)
        else:
            accounts.change(request.user, pk, role=request.POST.get("role"), active=active)
    except model.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as refused:
        return _page(request, None, refused.messages, 422)
    messages.success(request, _("Changed: %(name)s.") % {"name": user.get_username()})
    return HttpResponseRedirect(reverse("signals:users"))


def _page(
    request: HttpRequest, given: dict[str, str] | None = None, problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    rows = (
        get_user_model().objects.prefetch_related("groups")
        .annotate(sessions=Count("sign_ins", filter=Q(sign_ins__ended_at=None)), last_seen=Max("reader__last_visit_at"))
        .order_by("-is_active", "username")
    )  # fmt: skip
    owners = second_factor_of.owners()
    context = {
        "accounts": [(user, given_role(user), user.pk in owners) for user in rows],
        "roles": ROLES,
        "given": given or {},
        "problems": problems or [],
    }
    return render_page(request, "signals/users.html", context, partial=None, status=status)
