"""Synthetic people: given names of many peoples of a city, with family names that say that nobody is meant.

Family names are words for example, sample, pattern or story, or place-like inventions of them. Telephone numbers are
those Ofcom sets aside for drama, postcodes and e-mail addresses ones that cannot exist.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random


@dataclass(frozen=True)
class People:
    """One people of the city: how common, its ethnicity code, its names."""

    weight: int
    ethnicity: str
    women: str
    men: str
    family: str
    language: str = ""


PEOPLES = (
    People(
        34,
        "white",
        "Margaret Joan Dorothy Sheila Patricia Maureen Jean Hilda Brenda Gillian Susan Linda Karen Deborah "
        "Wendy Sarah Emma",
        "Thomas Ronald Kenneth Derek Alan Peter Raymond Stanley Brian Keith Graham Stephen Paul Gary Mark Lee "
        "Daniel Jack",
        "Samplewood Testbourne Mockridge Exampleford Trialstow Modelby Demoworth Specimere Patternhill "
        "Pretendle Figmentley "
        "Fableton Sketchfield Draftwell Proxyham Mimicroft Notionby Makebury",
    ),
    People(
        4,
        "white",
        "Bridget Nora Kathleen Deirdre Sinead Aoife",
        "Patrick Seamus Declan Cormac Brendan Eoin",
        "O'Sampla Mac Sampla Ni Shampla O'Fable",
    ),
    People(
        7,
        "white",
        "Danuta Halina Zofia Agnieszka Irena Oksana",
        "Zbigniew Tadeusz Piotr Marek Andrzej Bohdan",
        "Przykladowska Wzorek Primerova Probnik Ukazka",
        "Polish",
    ),
    People(
        6,
        "white",
        "Giulia Carmela Rosa Fatima Conceicao Pilar",
        "Giuseppe Aldo Manuel Joaquim Rui Javier",
        "Esempio Ejemplo Exemplo Modello Amostra Ficticio",
        "Portuguese",
    ),
    People(
        4,
        "other",
        "Leyla Nermin Ayse Parvin Shirin Soraya",
        "Mehmet Hasan Cem Dariush Behrouz Kaveh",
        "Ornekoglu Nemunezadeh Mesalpour Ornekci",
        "Turkish",
    ),
    People(
        8,
        "black",
        "Sonia Marcia Claudette Beverley Yvonne Pearl Merlene",
        "Winston Desmond Delroy Errol Clive Leroy Everton",
        "Samplington Testley Modelbrook Fablewright Draftman",
    ),
    People(
        7,
        "black",
        "Amara Ngozi Folake Abena Efua Adaeze Yetunde",
        "Emeka Kwame Tunde Kofi Chidi Babatunde Yaw",
        "Apeere Nhwesode Omume-Sample Misali-Test Ihe-Example",
        "Yoruba",
    ),
    People(
        4,
        "black",
        "Hodan Sahra Amina Selam Fartun Tigist",
        "Abdi Yusuf Mohamed Dawit Tesfaye Bashir",
        "Tusaale Misaale Abnet-Sample",
        "Somali",
    ),
    People(
        7,
        "other",
        "Samira Huda Nadia Layla Zainab Salma",
        "Omar Khalid Ahmed Tariq Nabil Hamid",
        "Mithal Namudhaj al-Mithali Qissa",
        "Arabic",
    ),
    People(
        6,
        "asian",
        "Nasreen Rokeya Shahida Parveen Taslima Rehana",
        "Abdul Rafiq Kamal Jamal Shafiq Habib",
        "Udaharon Nomuna Golpo-Test",
        "Bengali",
    ),
    People(
        8,
        "asian",
        "Priya Meena Harpreet Sunita Kavita Jaswinder Nirmala",
        "Rajesh Gurdeep Anil Suresh Harjit Vikram Dinesh",
        "Namoonawala Udaharan Misalkar Kahaanidas Misaal-Singh",
        "Punjabi",
    ),
    People(
        3, "asian", "Mei Xiu Lan Hoa Linh Grace", "Wei Jun Minh Tuan Chi Kin", "Lizi Vi-Du Yangben Gushi", "Cantonese"
    ),
    People(
        3, "asian", "Maricel Rosario Luz Imelda", "Jose Rogelio Danilo Ernesto", "Halimbawa Kuwento Huwaran", "Tagalog"
    ),
    People(
        4,
        "mixed",
        "Naomi Jasmine Chantelle Leanne Tamsin",
        "Marcus Jordan Curtis Nathan Dominic",
        "Samplehurst Fablestone Modelcroft Draftmoor",
    ),
)
_WEIGHTS = [people.weight for people in PEOPLES]

STREETS = (
    "Example Row",
    "Sample Gardens",
    "Pattern Road",
    "Model Street",
    "Draft Mews",
    "Trial Court",
    "Fable Lane",
    "Proxy Walk",
    "Notion Crescent",
    "Sketch Terrace",
    "Mock Square",
    "Specimen Way",
)
HOMES = ("Sampledene", "Fablecourt", "Patternlea", "Notion House", "Drafton Lodge", "Model Grange", "Exampleholme")
HOSPITALS = ("Example General Hospital", "Sample Royal Infirmary", "Pattern Mental Health Unit")
AGENCIES = {
    "health_staff": (
        "Example General Hospital",
        "Pattern Surgery",
        "Sample Community Nursing",
        "Model Ambulance Service",
    ),
    "social_care_staff": (
        "Fablecourt Home Care",
        "Sampledene Care Home",
        "Thamesbury adult social care",
        "Draft Day Centre",
    ),
    "police": ("Thamesbury Police",),
    "housing": ("Notion Homes", "Kenford Council housing", "Trial Housing Trust"),
    "education_work": ("Kenford College", "Model Works"),
    "cqc": ("Care Quality Commission",),
    "other": ("Example Age Support", "Sample Fire and Rescue", "Pattern Probation", "Kenford Advice Centre"),
}
ROLES = {
    "health_staff": ("Nurse", "Occupational therapist", "GP", "Ward sister", "Discharge coordinator", "Paramedic"),
    "social_care_staff": ("Care worker", "Registered manager", "Social worker", "Team leader"),
    "police": ("Police officer",),
    "housing": ("Housing officer", "Scheme manager", "Tenancy support worker"),
    "education_work": ("Tutor", "Employer"),
    "cqc": ("Inspector",),
    "other": ("Adviser", "Fire safety officer", "Probation officer", "Support worker"),
}


@dataclass(frozen=True)
class Name:
    """A synthetic person's name and what goes with it."""

    given: str
    family: str
    ethnicity: str
    language: str

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}"


def name(rng: Random, *, woman: bool) -> Name:
    """A name by chance."""
    people = rng.choices(PEOPLES, _WEIGHTS)[0]
    given = rng.choice((people.women if woman else people.men).split())
    family = rng.choice(_families(people))
    language = people.language if rng.random() < 0.3 else ""
    return Name(given, family, people.ethnicity, language)


def _families(people: People) -> list[str]:
    """Family names; Mac and Ni belong to the word after them."""
    return people.family.replace("Mac ", "Mac_").replace("Ni ", "Ni_").replace("_", "\u00a0").split(" ")


def born(rng: Random, *, aged_65_plus: bool, on: date, adult_on: date) -> date:
    """A date of birth that makes somebody 65 or over, or not, on a day; and an adult already on an earlier one."""
    youngest = 18 + (on.year - adult_on.year) + 1
    age = int(rng.triangular(65, 99, 83)) if aged_65_plus else int(rng.triangular(min(youngest, 63), 64, 46))
    birthday = date(on.year - age, on.month, min(on.day, 28))
    return birthday - timedelta(days=rng.randrange(1, 360))


def telephone(rng: Random) -> str:
    """A number set aside for drama, which nobody has."""
    return f"01632 960{rng.randrange(1000):03d}"


def postcode(rng: Random) -> str:
    """A postcode of an area that does not exist."""
    return f"ZZ{rng.randrange(1, 10)} {rng.randrange(1, 10)}{rng.choice('ABDEFGHJLN')}{rng.choice('ABDEFGHJLN')}"


def address(rng: Random) -> str:
    """A line of an address."""
    return f"{rng.randrange(1, 180)} {rng.choice(STREETS)}"


def email(name: str, domain: str) -> str:
    """An address at a domain that cannot receive."""
    local = "".join(c if c.isascii() and c.isalnum() else "." for c in name.lower()).strip(".")
    return f"{local}@{domain}.example"
