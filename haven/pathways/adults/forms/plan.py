"""The safeguarding plan: one form for each of its operations (R-082, R-083)."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from haven.design.forms import GovDateField
from haven.pathways.adults import codes
from haven.pathways.adults.forms.step import Chosen, StepForm, line, long_text, one_of
from haven.pathways.adults.models import PlanAction

_PLAN = "Care and support statutory guidance, chapter 14: safeguarding plans; R-082"


class ChangePlan(StepForm):
    """The words of the plan, and the adult's view of it."""

    heading = _("Change the plan")
    source = _PLAN

    words = long_text(_("What will keep the adult safe?"), rows=6)
    adult_agrees = one_of(_("Does the adult agree to the plan?"), codes.AGREES)
    triggers = long_text(_("What would show that more must be done?"), rows=2, required=False)
    contingency = long_text(_("What happens then?"), rows=2, required=False)

    inline: ClassVar[Any] = ("adult_agrees",)


class AgreePlan(ChangePlan):
    """A plan, and the day on which it is looked at again."""

    heading = _("Agree a safeguarding plan")
    submit = _("Agree the plan")

    review_on = GovDateField(
        label=_("On which day is it looked at again?"),
        help_text=_("By risk, and not more than 3 months (London, 2019)."),
    )


class AddPlanAction(StepForm):
    """A step: what, who, which agency, by when."""

    heading = _("Add a step to the plan")
    submit = _("Add the step")
    source = _PLAN

    words = line(_("What will be done?"), length=300)
    who = line(_("Who does it?"))
    agency = line(_("For which agency?"), required=False)
    due_on = GovDateField(label=_("By when?"))


class FinishPlanAction(StepForm):
    """A step is done, or passed on to somebody."""

    heading = _("Finish or pass on a step")
    source = "R-083"

    subject = Chosen(PlanAction.objects.none(), said=str, label=_("Which step?"))
    words = line(_("What was done?"), length=300, required=False)
    transferred_to = line(_("Or who goes on with it?"), required=False)

    def __init__(self, *args: Any, records: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["subject"] = Chosen(records, said=lambda step: f"{step.words} ({step.who})", label=_("Which step?"))

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("transferred_to"):
            self.need("words", _("Say what was done, or who goes on with it."))
        return self.cleaned_data


class ReviewPlan(StepForm):
    """Does the plan still keep the adult safe?"""

    heading = _("Review the plan")
    source = "R-083; London multi-agency policy (2019): not more than 3 months"

    words = long_text(_("What did the review find?"))
    outcome = one_of(_("What did it decide?"), codes.REVIEW_OUTCOMES)
    next_review_on = GovDateField(
        label=_("When is it looked at again?"), required=False, help_text=_("Not needed where the plan ends.")
    )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("outcome") in ("continue", "change"):
            self.need("next_review_on", _("Give the day on which the plan is looked at again."))
        return self.cleaned_data


class EndPlan(StepForm):
    """Why the plan ends. Every step is done, or passed on."""

    heading = _("End the plan")
    submit = _("End the plan")
    source = "R-083"

    reasons = long_text(_("Why does the plan end?"))
