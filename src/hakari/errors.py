"""Everything that can go wrong in words a user can act on.

HakariError
├── PeriodNotUnderstoodError
├── PeriodEndsBeforeItStartsError
├── PeriodWithoutBoundsError
├── CalendarSettingError
├── SettingError
├── InstantWithoutZoneError
├── ImpossibleSampleError
├── SourceFileError
│   ├── EmptyFileError
│   ├── NotATableError
│   └── FileTooLargeError
├── MappingError
│   ├── UnknownFieldError
│   ├── FieldMappedTwiceError
│   └── MappingNeededError
├── NothingImportedError
├── UnknownRunError
├── UnknownEntryError
├── UnknownPersonError
├── RunNotUndoableError
├── DefinitionError
├── UnknownConflictError
├── ChoiceRefusedError
├── UnknownKpiError
├── UnknownDimensionError
├── BasisNotPossibleError
├── ParameterNotUnderstoodError
├── NotAllowedError
├── StoreInUseError
├── StoreVersionError
├── LakeError
│   ├── NoLakeError
│   ├── NothingToPublishError
│   └── LakeDamagedError
├── EngineNotReadyError
└── PaperError
"""

from __future__ import annotations


class HakariError(Exception):
    """Carries what is wrong and the way out; every surface shows both."""

    def __init__(self, what: str, way_out: str = "") -> None:
        self.what = what
        self.way_out = way_out
        super().__init__(f"{what}\n  → {way_out}" if way_out else what)


class PeriodNotUnderstoodError(HakariError):
    """A period was written in a way the calendar does not know."""


class PeriodEndsBeforeItStartsError(HakariError):
    """A period's end lies before its start."""


class PeriodWithoutBoundsError(HakariError):
    """Something was asked of "all" that only a period with a first and a last day can answer."""


class CalendarSettingError(HakariError):
    """A calendar was given a month, zone, country or opening hour that does not exist."""


class SettingError(HakariError):
    """A stored setting cannot be read as what it should be."""


class InstantWithoutZoneError(HakariError):
    """A point in time came without its zone, so its day is unknown."""


class ImpossibleSampleError(HakariError):
    """An interval was asked for a sample or a level that cannot be, such as 5 of 3."""


class SourceFileError(HakariError):
    """A file cannot be read as a table."""


class EmptyFileError(SourceFileError):
    """A file has no header, or a header and no rows."""


class NotATableError(SourceFileError):
    """A file's bytes are not what its name promises."""


class FileTooLargeError(SourceFileError):
    """A file would unpack to more than we are willing to hold."""


class MappingError(HakariError):
    """A file's columns cannot be laid on a canonical table."""


class UnknownFieldError(MappingError):
    """A mapping names a table or field that does not exist."""


class FieldMappedTwiceError(MappingError):
    """Two columns of one file were laid on the same field."""


class MappingNeededError(MappingError):
    """The guess is too weak to go on without a person's word."""


class NothingImportedError(HakariError):
    """Every row of an import was rejected; the store is as it was."""


class UnknownRunError(HakariError):
    """No import has this number."""


class UnknownEntryError(HakariError):
    """No note, promise, meeting or decision has this number, or it was not written for the one who asks."""


class UnknownPersonError(HakariError):
    """Nobody on our side has this key or name, or they are not among those the viewer may see."""


class RunNotUndoableError(HakariError):
    """An import was already taken back, or later imports stand on it."""


class DefinitionError(HakariError):
    """A KPI or population file says something that cannot be computed.

    `key` and `value` are what is wrong; with the file's text at hand they become a `line` of it.
    """

    def __init__(
        self, what: str, way_out: str = "", *, key: str = "", value: str = "", file: str = "", line: int = 0
    ) -> None:
        super().__init__(what, way_out)
        self.key, self.value, self.file, self.line = key, value, file, line


class UnknownConflictError(HakariError):
    """No contradiction of the catalogue has this id or name."""


class ChoiceRefusedError(HakariError):
    """A choice between definitions contradicts what another department signed, or is none of the choices."""


class UnknownKpiError(HakariError):
    """No KPI has this id or name."""


class UnknownDimensionError(HakariError):
    """A KPI cannot be broken down by this."""


class BasisNotPossibleError(HakariError):
    """A KPI has no figure on this date basis."""


class ParameterNotUnderstoodError(HakariError):
    """A question carries a value that its parameter does not take, such as an unknown team or comparison."""


class NotAllowedError(HakariError):
    """The viewer may not see or do this."""


class StoreInUseError(HakariError):
    """Another process owns the projection."""


class StoreVersionError(HakariError):
    """The store was written by another version of Hakari."""


class LakeError(HakariError):
    """The records as files for other engines cannot be written or read."""


class NoLakeError(LakeError):
    """Nothing was ever published where a lake is looked for."""


class NothingToPublishError(LakeError):
    """There are no records yet that a lake could hold."""


class LakeDamagedError(LakeError):
    """A lake's manifest cannot be read, does not add up, or lists a file that is not there."""


class EngineNotReadyError(HakariError):
    """The engine that is to count is not installed, not reachable, or was not told what to read."""


class PaperError(HakariError):
    """A PDF cannot be set: what sets it, or a font with Japanese letters, is missing."""
