"""What people would have said and written, by kind of harm: short, ordinary and invented.

`{she}`, `{her}` and `{hers}` (she, her, her house; he, him, his house) stand for the adult, `{self}` for herself or
himself, `{name}` for their first name. Nothing here is from a real case.
"""

from dataclasses import dataclass
from random import Random

STORIES: dict[str, tuple[str, ...]] = {
    "neglect": (
        "{name} had not been given {hers} tablets for three days and the fridge was empty when I called.",
        "The morning carer has missed four visits this fortnight. {name} was found in wet bedding at noon.",
        "{name} has a pressure sore that nobody had dressed since Friday; {she} was in pain and thirsty.",
        "Nobody came to turn {name} at night. The chart is signed, but the hours do not fit the rota.",
    ),
    "financial": (
        "{name}'s bank card has been used at cash machines {she} cannot walk to. {she} does not know who has it.",
        "A man from the internet has asked {name} for money five times; {she} has sent most of {hers} savings.",
        "{name}'s nephew collects {hers} pension and {she} has had the electricity cut off.",
        "A worker asked {name} to lend {her} money for rent. There is nothing in writing.",
    ),
    "physical": (
        "There are bruises on both of {name}'s upper arms, like finger marks. {she} said {she} bumped into a door.",
        "Another resident pushed {name} in the lounge and {she} fell against the radiator.",
        "{name} was held down by the wrists while being washed. I saw it from the corridor.",
        "{name} came to clinic with a split lip and would not say how it happened while {hers} brother was "
        "in the room.",
    ),
    "psychological": (
        "I hear {name} being shouted at through the wall most evenings, and then crying.",
        "{name} is told {she} will be put in a home if {she} complains. {she} has stopped speaking at the day centre.",
        "{name}'s telephone has been taken away and {hers} friends are turned away at the door.",
    ),
    "domestic": (
        "{name}'s husband checks where {she} is every hour and keeps {hers} keys. {she} flinched when he came in.",
        "{name} told the nurse that {hers} partner hits {her} when he drinks. {she} does not want the police.",
        "{name}'s son moved back in {hers} flat, and since then {she} sleeps in the chair with the door wedged.",
    ),
    "sexual": (
        "{name} told me that a man in the house comes into {hers} room at night and touches {her}.",
        "{name} was found very upset in another resident's room with {hers} clothing disturbed.",
    ),
    "sexual_exploitation": (
        "Men who bring {name} drink and cigarettes come and go from the flat at night. {she} seems frightened of them.",
    ),
    "institutional": (
        "Everybody on the unit is put to bed at six because there are two staff. {name} is one of them.",
        "{name} and others wait over an hour for help to the toilet every morning. Families have raised it before.",
    ),
    "self_neglect": (
        "{name} has not let anyone in since spring. There is rubbish up to the windows and {she} has lost a "
        "lot of weight.",
        "{name} is not washing, eating or taking {hers} insulin and turns everyone away at the door.",
    ),
    "discriminatory": (
        "Two tenants shout names about {name}'s wheelchair and push things through the letter box.",
        "{name} is never given halal meals and is laughed at for praying. {she} has asked to leave.",
    ),
    "modern_slavery": (
        "{name} works every day at the car wash, sleeps in a container behind it and says {hers} papers were taken.",
    ),
    "not_known": (
        "Something is not right with {name}. {she} was frightened and would not say of what.",
        "{name} asked me to ring you and then asked me not to say more. I am worried for {her}.",
    ),
}
OWN_STORIES: dict[str, tuple[str, ...]] = {
    "neglect": ("My carer has missed four visits. I cannot wash or cook by myself and nobody answers the telephone.",),
    "financial": ("Somebody is taking money from my account and I am frightened to ask who.",),
    "physical": ("I was pushed over in the kitchen. It has happened before and I have not told anyone.",),
    "psychological": ("I am shouted at every day and told nobody would believe me.",),
    "domestic": ("My partner locks the door when he goes out and takes my telephone. I do not want him arrested.",),
    "sexual": ("A man here comes into my room at night. I want to talk to a woman about it.",),
    "institutional": ("We are put to bed at six and shouted at if we ring the bell.",),
    "self_neglect": ("I have let things go and I cannot get into my own bed any more. I am ashamed to ask.",),
}
ANY_OWN_STORY = ("Something is being done to me that I cannot stop by myself. I would like somebody to ring me.",)
"""What an adult says of themselves."""

WANTED: dict[str, tuple[str, ...]] = {
    "neglect": ("Regular carers who come when they say", "To stay in my own home", "Someone to say sorry"),
    "financial": ("My money back", "Nobody else to have my card", "To keep seeing my family"),
    "physical": ("Not to be hurt again", "To know why it happened", "To stay where I am"),
    "psychological": ("The shouting to stop", "My telephone back", "To see my friends"),
    "domestic": ("To be safe at home", "To decide for myself when to leave", "Help for him to stop drinking"),
    "sexual": ("Never to be alone with him", "To talk to a woman about it"),
    "sexual_exploitation": ("The men to stop coming", "A safe place to live"),
    "institutional": ("Enough staff in the morning", "To be asked when I want to go to bed"),
    "self_neglect": ("To be left in peace but with the heating mended", "Help with the clearing, a bit at a time"),
    "discriminatory": ("To be treated with respect", "To move somewhere kinder"),
    "modern_slavery": ("My passport", "A proper job", "To be safe from them"),
    "not_known": ("To feel safe", "Somebody to talk to"),
}
ACTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "neglect": (
        ("care_change", "Review the care plan with the provider"),
        ("monitoring", "Unannounced visit to the provider"),
    ),
    "financial": (
        ("monitoring", "Ask the bank to protect the account"),
        ("police_action", "Give the police the statements"),
    ),
    "physical": (("monitoring", "Body map and visit"), ("disciplinary", "Ask the provider for its internal inquiry")),
    "institutional": (
        ("contract_action", "Tell commissioners and look at staffing"),
        ("training", "Training for the unit"),
    ),
    "self_neglect": (("care_change", "Visit weekly with the same worker"), ("other", "Fire safety visit")),
    "domestic": (("removal", "Safety plan and specialist advice"), ("civil_order", "Advice on an order")),
}
ANY_ACTION = (("monitoring", "Visit weekly until the plan is agreed"), ("advocacy", "Arrange independent advocacy"))
RISK_FROM: dict[str, tuple[str, ...]] = {
    "neglect": ("provider_private", "provider_private", "relative", "known_secondary_health"),
    "financial": ("relative", "stranger", "known_not_related", "provider_private"),
    "physical": ("provider_private", "known_not_related", "relative"),
    "psychological": ("relative", "known_not_related"),
    "domestic": ("relative",),
    "institutional": ("provider_private", "provider_voluntary", "known_secondary_health"),
    "self_neglect": ("self",),
    "discriminatory": ("stranger", "known_not_related"),
}
FOUND = (
    "We spoke with {name}, the provider and the family. On balance what was reported did happen.",
    "Accounts differ. On balance there was a shortfall in care, since put right.",
    "{name} told us what {she} wanted and took part throughout. What was reported was found in part.",
    "We could not establish what happened. {name} was seen alone and {hers} account was recorded.",
)
RISK_WORDS = {
    "removed": "The person alleged to have caused harm no longer has contact, and {name} says {she} feels safe.",
    "reduced": "Visits are checked and {name} knows whom to ring. Some risk remains and is being watched.",
    "remained": "{name} understands the risk and has chosen to keep contact. {she} knows how to come back to us.",
    "": "We looked at each risk with {name}. None was found that needs more than the care already arranged.",
}
NEEDS = (
    "{name} needs help with washing, meals and medicines.",
    "{name} has dementia and needs support all day.",
    "{name} has a learning disability and is supported with money and travel.",
    "{name} is frail and rarely leaves the home.",
)
NO_NEEDS = ("{name} has no needs for care and support that we could find.", "{name} manages without care or support.")
ABUSE = (
    "There is reasonable cause to suspect that what was reported has happened.",
    "The account is detailed and consistent.",
)
PROTECT = (
    "Because of these needs {name} cannot keep {self} safe from it.",
    "{name} depends on others and cannot protect {self}.",
)
CAN_PROTECT = (
    "{name} has ended the contact and is able to protect {self}.",
    "{name} has already put this right with help.",
)
WHERE = {
    "own_home": "At home",
    "care_home": "In the care home",
    "extra_care": "In their flat in the scheme",
    "hospital": "On the ward",
    "in_the_community": "Staying with a friend",
    "community_service": "At the day centre until four",
}
COME_BACK = (
    "Ring the safeguarding line or tell any professional; you may come back at any time, about this or anything else."
)


@dataclass(frozen=True)
class Teller:
    """Words about one adult, drawn by one generator."""

    rng: Random
    name: str
    woman: bool

    def fill(self, text: str) -> str:
        """The text with the adult's name and pronouns; each sentence begins with a capital."""
        words = ("she", "her", "her", "herself") if self.woman else ("he", "him", "his", "himself")
        said = text.replace("{name}", self.name)
        for place, word in zip(("{she}", "{her}", "{hers}", "{self}"), words, strict=True):
            said = said.replace(place, word)
        return ". ".join(part[:1].upper() + part[1:] for part in said.split(". "))

    def one(self, texts: tuple[str, ...]) -> str:
        """One of the texts, filled."""
        return self.fill(self.rng.choice(texts))

    def wants(self, harm: str, how_many: int) -> list[str]:
        """What the adult wants to happen, in the first person."""
        texts = WANTED[harm]
        return self.rng.sample(texts, min(how_many, len(texts)))

    def action(self, harm: str) -> tuple[str, str]:
        """Something done in an enquiry: its code and words."""
        return self.rng.choice(ACTIONS.get(harm, ANY_ACTION))
