from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles import apps as staticfiles


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self):
        from newsroom import checks  # noqa: F401 - registers the system checks


class DeskConfig(AdminConfig):
    default_site = "newsroom.admin_site.DeskSite"


class StaticFilesConfig(staticfiles.StaticFilesConfig):
    # Of the editor's files, those with known holes and those that no story needs.
    ignore_patterns = [
        *staticfiles.StaticFilesConfig.ignore_patterns,
        "*/plugins/preview",
        "*/plugins/codesnippetgeshi",
        "*/ckeditor/samples",
    ]
