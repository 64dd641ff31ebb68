"""What goes with what, so that a year reads like one: a fall in a care home is seldom told by a landlord.

Only the order in which fixed numbers are dealt; never how many there are. Assumptions from practice, not published
figures.
"""

LOCATIONS: dict[str, dict[str, float]] = {
    "institutional": {"care_home": 8, "hospital": 5, "community_service": 3, "own_home": 0.2},
    "domestic": {"own_home": 5, "care_home": 0.1, "hospital": 0.2, "in_the_community": 0.6},
    "self_neglect": {"own_home": 5, "extra_care": 3, "care_home": 0.1, "hospital": 0.3},
    "neglect": {"care_home": 1.6, "hospital": 1.5},
    "financial": {"own_home": 1.4, "in_the_community": 1.5, "hospital": 0.4},
    "modern_slavery": {"in_the_community": 5, "care_home": 0.1, "hospital": 0.1},
    "sexual": {"in_the_community": 2, "care_home": 1.3},
}
SOURCES: dict[str, dict[str, float]] = {
    "care_home": {"social_care_staff": 2.2, "cqc": 4, "housing": 0.1, "police": 0.5},
    "hospital": {"health_staff": 4, "housing": 0.1, "education_work": 0.1},
    "own_home": {"family_friend_neighbour_self": 1.6, "police": 1.4},
    "extra_care": {"housing": 4, "social_care_staff": 1.5},
    "in_the_community": {"police": 3, "cqc": 0.1, "health_staff": 0.7},
    "community_service": {"social_care_staff": 2, "education_work": 3},
}


def like_location(harm: str, location: str) -> float:
    """How much likelier than usual this harm is to have happened there."""
    return LOCATIONS.get(harm, {}).get(location, 1.0)


def like_source(location: str, source: str) -> float:
    """How much likelier than usual this source is to tell of harm there."""
    return SOURCES.get(location, {}).get(source, 1.0)
