"""Who is credited with a report whose head names no more than a writer."""

from typing import Any
from zlib import crc32


class Credits:
    def __init__(self, authors: list[dict[str, str]]):
        self.staff: dict[tuple[str, str], list[str]] = {}
        for author in authors:
            if "bureau" in author and author["kind"] != "agency":
                key = author["bureau"], author.get("role", "reporter")
                self.staff.setdefault(key, []).append(author["slug"])
        self.network_editors = [
            author["slug"] for author in authors if author.get("role") == "network_editor"
        ]

    def of(self, report: dict[str, Any]) -> dict[str, Any]:
        """What a story needs besides: credits, picture and state."""
        bureau = report["bureau"]
        # A number of the report's own, so that not every one is credited alike.
        number = crc32(report["headline"].encode())
        writers = self.staff[bureau, "reporter"]
        writer = report.get("writer") or writers[number % len(writers)]
        credits = [["writer", writer]]
        more: dict[str, Any] = {"state": report.get("state", "live"), "credits": credits}
        is_own = report.get("source", "own") == "own"
        if name := report.get("picture"):
            more["picture"] = {"file": f"{name}.jpg"}
        editors = [*self.staff.get((bureau, "bureau_editor"), []), *self.network_editors]
        if is_own and number % 4:
            credits.append(["editor", next(slug for slug in editors if slug != writer)])
        return more
