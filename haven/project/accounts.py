"""How accounts differ from the sign-in package's own: nobody makes an account for themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator of the authority."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
