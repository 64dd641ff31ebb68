"""Addresses of the public form. Each says nothing about anyone: what is typed is never in an address."""

from django.urls import URLPattern, path, re_path

from haven.casework.access.routes import page
from haven.pathways.adults.views.public import advice, coming_back, messages, receipts, sending, steps

urlpatterns: list[URLPattern] = [
    path("<slug:authority>/", page(advice.public_start, roles="public"), name="public-start"),
    path("<slug:authority>/in-danger/", page(advice.public_danger, roles="public"), name="public-danger"),
    path("<slug:authority>/under-18/", page(advice.public_children, roles="public"), name="public-children"),
    path("<slug:authority>/for-your-work/", page(advice.public_work, roles="public"), name="public-work"),
    path("<slug:authority>/help/", page(advice.public_help, roles="public"), name="public-help"),
    re_path(
        r"^(?P<authority>[-\w]+)/tell-us/return/?$",
        page(coming_back.public_return, roles="public", not_received=True),
        name="public-return",
    ),
    path("<slug:authority>/tell-us/saved/", page(coming_back.public_saved, roles="public"), name="public-saved"),
    path("<slug:authority>/tell-us/close/", page(coming_back.public_close, roles="public"), name="public-close"),
    path("<slug:authority>/tell-us/delete/", page(coming_back.public_forget, roles="public"), name="public-forget"),
    path(
        "<slug:authority>/tell-us/check/",
        page(sending.public_check, roles="public", not_received=True),
        name="public-check",
    ),
    path(
        "<slug:authority>/tell-us/<slug:step>/",
        page(steps.public_step, roles="public", not_received=True),
        name="public-step",
    ),
    path("<slug:authority>/receipt/<str:token>/", page(receipts.public_receipt, roles="public"), name="public-receipt"),
    path(
        "<slug:authority>/receipt/<str:token>/paper/",
        page(receipts.public_receipt_print, roles="public"),
        name="public-receipt-print",
    ),
    path(
        "<slug:authority>/receipt/<str:token>/number/",
        page(receipts.public_new_number, roles="public"),
        name="public-new-number",
    ),
    re_path(
        r"^(?P<authority>[-\w]+)/messages/?$",
        page(messages.public_messages, roles="public"),
        name="public-messages",
    ),
    path(
        "<slug:authority>/messages/open/",
        page(messages.public_conversation, roles="public", not_received=True),
        name="public-conversation",
    ),
    path(
        "<slug:authority>/messages/close/",
        page(messages.public_messages_close, roles="public"),
        name="public-messages-close",
    ),
    path("<slug:authority>/speak-up/", page(advice.public_speak_up, roles="public"), name="public-speak-up"),
    re_path(r"^(?P<authority>[-\w]+)/status/?$", page(coming_back.public_status, roles="public"), name="public-status"),
]
