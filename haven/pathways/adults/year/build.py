"""One concern's whole life, by the operations that people use, at the moments it would have happened."""

from haven.pathways.adults.year import arriving, deciding, ending, enquiring
from haven.pathways.adults.year.building import Building


def live(b: Building) -> None:
    """From the report to the closed case."""
    person = arriving.arrive(b)
    arriving.look(b)
    concern = arriving.accept(b, person)
    arriving.allocate(b, concern)
    deciding.work_out(b, concern)
    enquiry = deciding.decide(b, concern)
    if enquiry is not None:
        ending.tell_early(b, concern)
        enquiring.enquire(b, enquiry)
    ending.close(b)
