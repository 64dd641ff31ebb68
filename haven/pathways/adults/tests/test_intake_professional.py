"""The professional form: outside without sign-in, inside for calls, letters and e-mails."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from haven.casework.access import wall
from haven.casework.contacts.models import Contact
from haven.casework.documents.keeping import get
from haven.casework.documents.models import Document
from haven.lib.ids import uuid7
from haven.pathways.adults.forms.dropped_email import NotAnEmail, read_email
from haven.pathways.adults.operations.unsent import forget_unsent_files

pytestmark = pytest.mark.django_db
FORM = "/eastmere/professional/"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.HAVEN_FILES = tmp_path


@pytest.fixture
def client(authority: Any) -> Client:
    return Client()


def filled(**answers: Any) -> dict[str, Any]:
    """What the ward sister of St Anne's types about Joan."""
    told = {
        "_key": str(uuid7()), "adult": ["1"], "immediate_danger": "no", "fact": "A bruise on her left arm.",
        "name": "Rosa Diaz", "role": "Ward sister", "organisation": "St Anne's Hospital", "telephone": "01632 960 400",
        "source_code": "hospital_acute", "adult-1-given_name": "Joan", "adult-1-family_name": "Whitlock",
        "types": ["physical"], "children_present": "no", "wants_feedback": "on", "send": "1",
    }  # fmt: skip
    return {**told, **answers}


def the_contact() -> Contact:
    wall.open_to_all()
    return Contact.objects.select_related("referrer").get()


def test_a_professional_tells_us_on_one_page_and_gets_the_reference_after_it_is_kept(client: Client) -> None:
    answer = client.post(FORM, filled())

    assert answer.status_code == 302
    contact = the_contact()
    assert contact.reference not in answer.url
    assert contact.reference in client.get(answer.url).content.decode()
    assert (contact.channel, contact.about) == ("web", "work")
    assert contact.referrer.is_professional
    assert contact.first_line == "A bruise on her left arm."
    assert contact.children_present is False
    assert [adult.named for adult in contact.adults.all()] == ["Joan Whitlock"]


def test_the_receipt_keeps_the_questions_and_answers_as_typed_and_marks_what_is_missing(client: Client) -> None:
    client.post(FORM, filled())

    answers = the_contact().answers
    said = dict(row for _title, rows in answers["receipt"] for row in rows)
    assert said["What you saw or know"] == "A bruise on her left arm."
    assert said["What kind of harm may it be?"] == "Physical abuse"
    assert answers["fields"]["types"] == ["physical"]
    assert "date of birth or age" in answers["missing"]
    assert "what happened" not in answers["missing"]


def test_sent_twice_it_is_one_report(client: Client) -> None:
    once = filled()

    client.post(FORM, once)
    client.post(FORM, once)

    assert the_contact().adults.count() == 1


def test_the_same_form_with_other_words_is_not_taken_for_the_first(client: Client) -> None:
    key = str(uuid7())
    client.post(FORM, filled(_key=key))

    answer = client.post(FORM, filled(_key=key, fact="Something else."))

    assert answer.status_code == 422
    assert "Start a new report" in answer.content.decode()
    assert the_contact().first_line == "A bruise on her left arm."


def test_a_description_alone_is_enough_and_nothing_at_all_is_not(client: Client) -> None:
    nobody = {"adult-1-given_name": "", "adult-1-family_name": ""}

    assert client.post(FORM, filled(**nobody)).status_code == 422
    assert client.post(FORM, filled(**nobody, **{"adult-1-description": "A woman with a red coat"})).status_code == 302


def test_a_professional_gives_a_name_and_a_way_to_be_reached(client: Client) -> None:
    answer = client.post(FORM, filled(name="", telephone=""))

    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Give your name" in said
    assert "Give a telephone number or an e-mail address" in said
    assert "A bruise on her left arm." in said


def test_another_adult_is_added_and_taken_out_without_script_and_nothing_typed_is_lost(client: Client) -> None:
    two = client.post(FORM, filled(add_adult="1")).content.decode()

    assert 'name="adult-2-given_name"' in two
    assert "A bruise on her left arm." in two
    assert "There is a problem" not in two
    one = client.post(
        FORM, filled(adult=["1", "2"], remove_adult="1", **{"adult-2-given_name": "Ivy"})
    ).content.decode()
    assert 'name="adult-1-given_name"' not in one
    assert 'value="Ivy"' in one


def test_one_report_names_several_residents(client: Client) -> None:
    client.post(FORM, filled(adult=["1", "2", "3"], **{"adult-2-given_name": "Ivy", "adult-2-age_estimate": "90"}))

    assert [adult.given_name for adult in the_contact().adults.all()] == ["Joan", "Ivy"]


def test_the_sender_is_remembered_only_when_asked(client: Client) -> None:
    client.post(FORM, filled())
    assert "Rosa Diaz" not in client.get(FORM).content.decode()

    client.post(FORM, filled(_key=str(uuid7()), remember="on"))
    assert 'value="Rosa Diaz"' in client.get(FORM).content.decode()


def test_a_file_is_kept_with_the_report_even_when_the_form_is_shown_again(client: Client) -> None:
    body_map = SimpleUploadedFile("body map.txt", b"left arm, two inches")
    first = client.post(FORM, filled(name="", evidence=[body_map]))
    held = first.context["report"].held

    assert first.status_code == 422
    assert "body map.txt" in first.content.decode()
    client.post(FORM, filled(held=held))
    contact = the_contact()
    assert [document.name for document in Document.objects.about(contact_id=contact.pk)] == ["body map.txt"]


def test_a_file_of_another_kind_is_kept_apart_with_its_bytes_and_the_report_is_sent(client: Client) -> None:
    answer = client.post(FORM, filled(evidence=[SimpleUploadedFile("virus.exe", b"MZ\x00\x01\x02")]))

    assert answer.status_code == 302
    kept = Document.objects.about(contact_id=the_contact().pk).get()
    assert (kept.name, kept.state) == ("virus.exe", Document.State.QUARANTINED)
    assert get(kept.path, kept.sha256) == b"MZ\x00\x01\x02"


def test_files_of_a_report_never_sent_are_forgotten_after_four_weeks(client: Client) -> None:
    client.post(FORM, filled(name="", evidence=[SimpleUploadedFile("unsent.txt", b"never sent")]))
    client.post(FORM, filled(evidence=[SimpleUploadedFile("sent.txt", b"sent")]))
    wall.open_to_all()
    now = timezone.now()

    assert forget_unsent_files(now + timedelta(days=27)) == 0
    assert forget_unsent_files(now + timedelta(days=29)) == 1
    assert [document.name for document in Document.objects.all()] == ["sent.txt"]


def test_files_cannot_be_hung_on_a_report_of_somebody_else(client: Client) -> None:
    client.post(FORM, filled())
    theirs = str(the_contact().pk)

    client.post(FORM, filled(_key=str(uuid7()), held=theirs, evidence=[SimpleUploadedFile("a.txt", b"words")]))

    assert not Document.objects.about(contact_id=theirs).exists()


def test_a_provider_is_told_what_not_to_do_until_we_reply(client: Client) -> None:
    answer = client.post(FORM, filled(source_code="care_home_provider"), follow=True)

    assert "do not interview anyone about it" in answer.content.decode()


def test_the_receipt_can_be_kept_as_a_pdf_that_names_no_adult(client: Client) -> None:
    answer = client.post(FORM, filled())

    pdf = client.get(answer.url + "receipt.pdf")

    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_a_receipt_that_was_tampered_with_shows_nothing(client: Client) -> None:
    answer = client.post(FORM, filled())

    assert client.get(answer.url[:-4] + "xxx/").status_code == 404


# A worker enters what came another way


def entered(**answers: Any) -> dict[str, Any]:
    told = {"channel": "phone", "received_at": "2026-03-06T13:30:00+00:00", "identity": "use"}
    return filled(**{**told, **answers})


def test_a_call_is_entered_with_when_any_part_of_the_authority_first_had_it(bola: Any, sign_in: Any) -> None:
    answer = sign_in(bola).post("/reports/new", entered())

    contact = the_contact()
    assert answer.url == f"/reports/{contact.reference}/"
    assert contact.channel == "phone"
    assert contact.received_at == datetime(2026, 3, 6, 13, 30, tzinfo=UTC)
    assert contact.recorded_at > contact.received_at
    assert contact.entered_by_id == bola.id


def test_not_known_who_told_us_says_why(amara: Any, sign_in: Any) -> None:
    answer = sign_in(amara).post("/reports/new", entered(source_code="not_known"))

    assert answer.status_code == 422
    assert "Say why it is not known who told us." in answer.content.decode()


def test_who_told_us_is_chosen_by_the_worker_and_said_of_a_professional_who_does_not(
    client: Client, amara: Any, sign_in: Any
) -> None:
    answer = sign_in(amara).post("/reports/new", entered(source_code=""))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["source_code"])

    client.post(FORM, filled(source_code=""))
    told = the_contact().referrer
    assert (told.source_code, told.source_reason) == ("not_known", "They did not say.")


def test_a_neighbour_on_the_telephone_may_keep_their_name_inside(amara: Any, sign_in: Any) -> None:
    sign_in(amara).post("/reports/new", entered(source_code="neighbour", identity="inside", safe_ways=["ring"]))

    referrer = the_contact().referrer
    assert (referrer.identity, referrer.safe_ways, referrer.is_professional) == ("inside", ["ring"], False)


def test_somebody_from_a_figures_role_does_not_enter_reports(authority: Any, neighbour: Any, client: Client) -> None:
    assert client.get("/reports/new").status_code == 302


def an_email(**headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Dr Amit Rao <amit.rao@surgery.example>"
    message["To"] = "duty@example.org"
    message["Subject"] = "Worried about a patient"
    message["Date"] = "Fri, 06 Mar 2026 09:15:00 +0000"
    for name, value in headers.items():
        message.replace_header(name, value)
    message.set_content("Mrs Whitlock has lost weight.\nHer nephew answers for her.")
    message.add_attachment(b"weights: 50, 46, 41", maintype="text", subtype="plain", filename="weights.txt")
    return message.as_bytes()


def test_a_dropped_email_fills_the_form_with_its_words_sender_and_moment(amara: Any, sign_in: Any) -> None:
    eml = SimpleUploadedFile("patient.eml", an_email())
    browser = sign_in(amara)

    page = browser.post("/reports/new", {"_key": str(uuid7()), "adult": ["1"], "eml": eml, "fill": "1"})

    form = page.context["form"]
    assert form["told"].value().startswith("Worried about a patient\n\nMrs Whitlock has lost weight.")
    assert (form["name"].value(), form["email"].value()) == ("Dr Amit Rao", "amit.rao@surgery.example")
    assert form["channel"].value() == "email"
    assert [document.name for document in page.context["files_held"]] == ["patient.eml", "weights.txt"]
    assert "There is a problem" not in page.content.decode()


def test_the_email_and_its_files_stay_with_the_report(amara: Any, sign_in: Any) -> None:
    eml, browser = SimpleUploadedFile("patient.eml", an_email()), sign_in(amara)
    held = browser.post("/reports/new", {"adult": ["1"], "eml": eml, "fill": "1"}).context["report"].held

    browser.post("/reports/new", entered(held=held, channel="email", received_at="2026-03-06T09:15:00+00:00"))

    contact = the_contact()
    assert Document.objects.about(contact_id=contact.pk).count() == 2
    assert contact.received_at == datetime(2026, 3, 6, 9, 15, tzinfo=UTC)


def test_a_file_that_is_no_email_is_said_so(amara: Any, sign_in: Any) -> None:
    picture = SimpleUploadedFile("picture.eml", b"\x89PNG\r\n\x1a\n")

    page = sign_in(amara).post("/reports/new", {"adult": ["1"], "eml": picture, "fill": "1"})

    assert page.status_code == 422
    assert "This file is not an e-mail" in page.content.decode()


def test_the_words_of_an_html_email_are_read_without_its_markup() -> None:
    message = EmailMessage()
    message["Subject"] = "Help"
    message.set_content("<style>p{}</style><p>She is <b>afraid</b>.</p><p>Come.</p>", subtype="html")

    assert read_email("a.eml", message.as_bytes()).words == "Help\n\nShe is afraid.\nCome."


def test_a_file_without_sender_and_subject_is_no_email() -> None:
    with pytest.raises(NotAnEmail):
        read_email("a.eml", b"plain words")


def test_a_moment_in_the_future_is_refused(amara: Any, sign_in: Any) -> None:
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()

    answer = sign_in(amara).post("/reports/new", entered(received_at=tomorrow))

    assert answer.status_code == 422
