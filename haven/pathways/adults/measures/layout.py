"""Where each figure stands on the figures page."""

from django.utils.translation import gettext_lazy as _

from haven.casework.desk.sections import Section, show_sections

show_sections(
    Section(
        _("Concerns and adults"),
        (
            "concerns_raised",
            "threshold_met",
            "adults_at_risk",
            "adults_aged_65_plus",
            "adults_women",
            "repeat_concerns",
            "enquiries_completed",
        ),
    ),
    Section(
        _("Two ways of counting what meets the threshold"),
        ("threshold_rate", "section_42_rate", "enquiries_by_type"),
        _(
            "Some authorities report every concern that led to an enquiry, others only those under section 42. "
            "Both are kept, "
            "so that either can be compared with its own kind, and not one with the other."
        ),
    ),
    Section(
        _("Who told us, where, and what kind of harm"),
        ("source_of_referral", "location_of_harm", "type_of_harm", "raised_with_police"),
    ),
    Section(
        _("What the adult wanted"),
        ("outcomes_asked", "outcomes_achieved"),
    ),
    Section(
        _("Risk"),
        ("risk_identified", "risk_identified_rate", "risk_outcome", "risk_removed_or_reduced"),
    ),
    Section(
        _("Waits"),
        (
            "allocated_within_target",
            "s42_allocated_within_24h",
            "completed_within_90_days",
            "completed_within_aim_less_pauses",
            "completed_within_90_days_police",
            "completed_within_90_days_other",
            "feedback_to_referrer",
        ),
        _(
            "Each figure says where its clock starts. The clocks are different, so the figures are not parts "
            "of one wait."
        ),
    ),
)
