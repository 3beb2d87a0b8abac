"""Parts of a story's path."""


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04d}"


class DatePartConverter:
    """A month or a day, always in two digits."""

    regex = "[0-9]{2}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:02d}"


class SlugConverter:
    """Words of any script, joined by hyphens."""

    regex = r"[\w-]{1,130}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class CardConverter:
    """The number of an edition and the mark of its card; articles/cards.py."""

    regex = "[1-9][0-9]{0,17}-[0-9a-f]{32}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value
