"""Every failure a person can cause or meet, each saying what, which value, and what to do."""


class RoundtableError(Exception):
    """Base of all errors shown to people; exit code 1 unless a child says otherwise."""

    exit_code = 1


class InputError(RoundtableError):
    """An input file, option or line that cannot be used as it is."""

    exit_code = 2


class TranscriptError(InputError):
    """A transcript that cannot be read."""


class CardError(InputError):
    """An event card that cannot be used."""


class QuestionError(InputError):
    """A question that cannot be asked: empty, or too long."""


class EncoderError(RoundtableError):
    """An encoder that cannot be found, converted or loaded."""


class IndexDamaged(RoundtableError):
    """An index whose files are missing, changed or of another schema."""


class IndexMismatch(RoundtableError):
    """An index built with another encoder than the one asked for."""


class NotIndexed(RoundtableError):
    """An event, transcript or speaker the index does not hold."""


class CheckFailed(RoundtableError):
    """An index that was built but may not be used, such as one with a pinned question that has no answer."""


class IndexUnwritable(RoundtableError):
    """An index that cannot be written: no space, no permission. The old one still serves."""
