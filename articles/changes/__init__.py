"""What changed for readers from one edition of a story to another, part by part.

Plain text only: escaping it is the template's business. A template prints each part's ``label``
and, block by block, its runs: "same", "removed", "added", or "folded" for what is left out between
two changes. A run that ``is_address`` is where a link leads, told only when that has changed.
"""

from articles.changes.blocks import Block, Run
from articles.changes.parts import Change, between

__all__ = ["Block", "Change", "Run", "between"]
