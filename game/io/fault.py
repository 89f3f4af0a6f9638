"""What is wrong with a file that people wrote: where, why, and what to do."""

from collections.abc import Iterable

import attrs


@attrs.frozen
class Fault:
    """One thing wrong in one file.

    file: the path as the caller gave it. place: key path inside the file, such as "features[12] JIWA" or
    "counters.K12.steps"; "" when the file as a whole is at fault.
    """

    file: str
    place: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        return " ".join(f"{where}: {self.reason}; {self.remedy}".split())


class PackFault(Exception):  # noqa: N818 - the house calls what is wrong with a file a fault
    """A file that cannot be used. `faults` holds everything found wrong, in file order, never empty."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))
