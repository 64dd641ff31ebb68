"""Which council's sign-in: found by the ending of an e-mail address, and so the same whoever has an account."""

from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haven.casework.access.forms.own import WhichCouncil
from haven.casework.access.models import SingleSignOn


def choose(request: HttpRequest) -> HttpResponse:
    """Ask for the address, then lead on: to the council's own sign-in, or to a password here."""
    form = WhichCouncil(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "access/single_sign_on.html", {"form": form}, status=422 if form.errors else 200)
    found = SingleSignOn.objects.for_domain(form.cleaned_data["email"].rpartition("@")[2])
    onward = get_adapter().get_provider(request, found.slug).get_login_url(request) if found else ""
    return render(request, "access/go_on.html", {"found": found, "onward": onward})


def not_signed_on(request: HttpRequest) -> HttpResponse:
    """The page for everybody whom single sign-on does not let in, whatever the reason."""
    return render(request, "access/not_signed_on.html", status=403)
