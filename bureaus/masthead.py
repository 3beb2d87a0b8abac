"""The masthead of a site: who publishes it and who answers for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Masthead:
    """Who answers for a site, as its pages print it (PPMS; UU Pers demands the first three)."""

    publisher: str
    address: str
    person_responsible: str
    email: str
    phone: str

    @property
    def is_complete(self) -> bool:
        """Whether a bureau may go live under it."""
        return bool(self.publisher and self.address and self.person_responsible)
