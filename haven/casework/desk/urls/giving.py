"""Addresses from which something is given to people outside, each with who may come."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path

from haven.casework.access.roles import CASE_READERS, DECIDES, GUARDIANS
from haven.casework.access.routes import page
from haven.casework.desk.views import approvals, disclosing, others_words, redacting, sharing

View = Callable[..., HttpResponse]
READERS = (*CASE_READERS, *GUARDIANS)


def written(view: View) -> View:
    """Open to who works on the case."""
    return page(view, roles=CASE_READERS, rule="works_on_case", personal=True)


def redacted(view: View) -> View:
    """Open to who works on the case or discloses it."""
    return page(view, roles=READERS, rule="works_on_case or discloses", personal=True)


def disclosed(view: View) -> View:
    """Open to a manager of the case, or the authority's guardian."""
    return page(view, roles=(*DECIDES, *GUARDIANS), rule="discloses", personal=True)


SHARE = "cases/<str:reference>/share/"
ONE = f"{SHARE}<uuid:pk>/"
FILES = "cases/<str:reference>/documents/"
COPY = "cases/<str:reference>/redacted/<uuid:pk>/"
DESK = "cases/<str:reference>/disclosure/"

urlpatterns = [
    path(SHARE, written(sharing.share), name="share"),
    path(ONE, written(sharing.writing), name="writing"),
    path(f"{ONE}parts/new", written(sharing.write_part), name="write-part"),
    path(f"{ONE}parts/<uuid:part_pk>", written(sharing.write_part), name="change-part"),
    path(f"{ONE}parts/<uuid:part_pk>/remove", written(sharing.remove_part), name="remove-part"),
    path(f"{ONE}recipients/new", written(sharing.add_recipient), name="add-recipient"),
    path(f"{ONE}recipients/<uuid:recipient_pk>/remove", written(sharing.remove_recipient), name="remove-recipient"),
    path(f"{ONE}make", written(sharing.make_renditions), name="make-renditions"),
    path(f"{ONE}send", written(sharing.send_renditions), name="send-renditions"),
    path(f"{ONE}letters/<uuid:rendition_pk>", written(sharing.rendition_pdf), name="rendition-pdf"),
    path(
        "approvals",
        page(approvals.approvals, roles=READERS, rule="approvals visible_to", personal=True),
        name="approvals",
    ),
    path(
        "approvals/<uuid:pk>/",
        page(approvals.decide, roles=READERS, rule="approvals visible_to; letters.decide_approval", personal=True),
        name="decide-approval",
    ),
    path(
        "approvals/<uuid:pk>/file",
        page(approvals.approval_file, roles=READERS, rule="approvals visible_to", personal=True),
        name="approval-file",
    ),
    path("cases/<str:reference>/others-words/", written(others_words.others_words), name="others-words"),
    path("cases/<str:reference>/others-words/new", written(others_words.mark_excerpt), name="mark-excerpt"),
    path("cases/<str:reference>/others-words/<uuid:pk>/lift", written(others_words.lift_label), name="lift-label"),
    path(FILES, redacted(redacting.documents), name="case-documents"),
    path(f"{FILES}<uuid:pk>/", redacted(redacting.document), name="case-document"),
    path(f"{FILES}<uuid:pk>/save", redacted(redacting.save_document), name="save-document"),
    path(COPY, redacted(redacting.redacted_copy), name="redacted-copy"),
    path(f"{COPY}protected", redacted(redacting.mark_protected), name="mark-protected"),
    path(f"{COPY}marks/<uuid:mark_pk>/remove", redacted(redacting.remove_mark), name="remove-mark"),
    path(f"{COPY}make", redacted(redacting.make_copy), name="make-redacted-copy"),
    path(f"{COPY}pages/<int:number>", redacted(redacting.copy_page), name="redacted-copy-page"),
    path(f"{COPY}files/<slug:part>", redacted(redacting.copy_file), name="redacted-copy-file"),
    path(DESK, disclosed(disclosing.disclosure), name="disclosure"),
    path(f"{DESK}<uuid:pk>/", disclosed(disclosing.pack), name="pack"),
    path(f"{DESK}<uuid:pk>/items/<uuid:item_pk>", disclosed(disclosing.answer_item), name="answer-item"),
    path(f"{DESK}<uuid:pk>/make", disclosed(disclosing.make_pack), name="make-pack"),
    path(f"{DESK}<uuid:pk>/give", disclosed(disclosing.give_pack), name="give-pack"),
    path("cases/<str:reference>/copy.pdf", written(disclosing.copy_pdf), name="case-copy-pdf"),
]
