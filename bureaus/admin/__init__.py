from bureaus.admin.bureau import BureauAdmin
from bureaus.admin.network import NetworkAdmin
from bureaus.admin.people import AuthorAdmin, UserAdmin

__all__ = ["AuthorAdmin", "BureauAdmin", "NetworkAdmin", "UserAdmin"]
