"""What an administrator is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import Authority, SingleSignOn, Team
from haven.casework.access.models.accounts import IDLE_LEAST, IDLE_MOST
from haven.casework.access.roles import GIVEN_BY_ADMINISTRATORS, ROLES
from haven.design.forms import GovDateField, GovForm

GIVEN = [(role, ROLES[role]) for role in GIVEN_BY_ADMINISTRATORS]


class _InTeam(GovForm):
    """Asks which of an authority's teams, perhaps none."""

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(authority=authority).order_by("name")  # type: ignore[attr-defined]


class Invite(_InTeam):
    """Whom to invite, as what, where and when."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Work e-mail address"))
    roles = forms.MultipleChoiceField(label=_("What they will do"), choices=GIVEN, widget=forms.CheckboxSelectMultiple)
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("None"))
    from_on = GovDateField(label=_("First day"), required=False, help_text=_("Leave it empty for today."))
    until_on = GovDateField(label=_("Last day"), required=False, help_text=_("Leave it empty where there is none."))


class InviteAdministrator(GovForm):
    """An authority's first administrator."""

    authority = forms.ModelChoiceField(label=_("Authority"), queryset=Authority.objects.order_by("name"))
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Work e-mail address"))


class GiveRole(_InTeam):
    """A role, a team, two days."""

    role = forms.ChoiceField(label=_("Role"), choices=GIVEN)
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("None"))
    from_on = GovDateField(label=_("First day"))
    until_on = GovDateField(label=_("Last day"), required=False, help_text=_("Leave it empty where there is none."))


class DisableAccount(GovForm):
    """Why an account is disabled."""

    reason = forms.CharField(
        label=_("Why is the account disabled?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: left the council. Whoever administers accounts can read this."),
    )


class ScreenLock(GovForm):
    """How long a screen stays open while nobody does anything."""

    idle_minutes = forms.IntegerField(
        label=_("Minutes without anybody there"),
        help_text=_("From %(least)d to %(most)d. What was typed is kept.") % {"least": IDLE_LEAST, "most": IDLE_MOST},
    )


class _SignOn(GovForm):
    """What every kind of provider needs."""

    name = forms.CharField(
        label=_("What people here call it"), max_length=40, help_text=_("Such as “Eastmere sign-in”.")
    )
    domains = forms.CharField(
        label=_("Endings of the e-mail addresses it is for"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line, such as eastmere.gov.uk. Only people with such an address come in this way."),
    )
    second_step = forms.CharField(
        label=_("What it says when it has asked for a second step"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("One value a line (amr, acr or AuthnContext), such as mfa. Left empty, Haven asks for its own."),
    )
    enabled = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def answers(self) -> dict[str, Any]:
        lines = {name: self.cleaned_data[name].split() for name in ("domains", "second_step")}
        return {**self.cleaned_data, **lines}


class OpenIDConnect(_SignOn):
    """An OpenID Connect provider."""

    issuer = forms.CharField(label=_("Issuer"), help_text=_("The address before /.well-known/openid-configuration."))
    client_id = forms.CharField(label=_("Client identifier"))
    secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted, or write env:NAME where it is in the environment. Empty keeps the present one."),
    )
    vouches = forms.BooleanField(
        label=_("It does not say whether an address is verified; we make sure that each is its person’s own"),
        required=False,
    )


class SAML(_SignOn):
    """A SAML 2.0 provider."""

    issuer = forms.CharField(label=_("Entity identifier"))
    sign_in_url = forms.CharField(label=_("Where it signs people in"))
    certificate = forms.CharField(label=_("Its signing certificate"), widget=forms.Textarea(attrs={"rows": 6}))

    def answers(self) -> dict[str, Any]:
        return {**super().answers(), "vouches": True}


FORMS: dict[str, type[_SignOn]] = {SingleSignOn.Kind.OIDC: OpenIDConnect, SingleSignOn.Kind.SAML: SAML}
