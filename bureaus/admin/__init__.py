from bureaus.admin.author import AuthorAdmin
from bureaus.admin.bureau import BureauAdmin
from bureaus.admin.network import NetworkAdmin
from bureaus.admin.people import UserAdmin

__all__ = ["AuthorAdmin", "BureauAdmin", "NetworkAdmin", "UserAdmin"]
