"""What the demo counts, and its last line."""

from dataclasses import dataclass

from tests.demo.events import COUNT

MALFORMED = 10


@dataclass
class Result:
    archived: int = 0
    verified: int = 0
    dead_letters: int = 0

    @property
    def complete(self) -> bool:
        return (self.archived, self.verified, self.dead_letters) == (COUNT, COUNT, MALFORMED)

    def __str__(self) -> str:
        return (f"demo: archived {self.archived} of {COUNT}, verified {self.verified} of {COUNT}, "
                f"dead letters {self.dead_letters} of {MALFORMED}")
