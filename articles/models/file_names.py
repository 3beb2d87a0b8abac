"""What a file is called: shortened to be shown, and what it tells of where the file came from."""

import re

# How messengers, social networks and screens name a file: whoever sends it need not have taken it.
PASSED_ON = re.compile(
    r"whatsapp(?![a-z])|img-\d{8}-wa\d|photo_\d{4}-\d\d-\d\d|telegram|signal-\d{4}|fb_img_|received_\d|"
    r"screen[ _-]?shot|(?:tangkapan|cuplikan)[ _-]?layar|instagram|snapchat|line_\d",
    re.IGNORECASE | re.ASCII,
)


def middle_cut(name: str, limit: int) -> str:
    """A name shortened in the middle: its beginning and its end tell it from others."""
    if len(name) <= limit:
        return name
    end = limit // 3
    return f"{name[: limit - end - 1]}…{name[-end:]}"


def is_passed_on(file_name: str) -> bool:
    """Whether a file is called as one that went through others' hands before it was sent."""
    return bool(PASSED_ON.match(file_name))
