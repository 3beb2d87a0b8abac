"""Settings of every process of the newsroom; what differs between machines is in environ."""

import re
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from newsroom import database
from newsroom.secret_key import read_or_create

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# Where everything lives that the program writes.
DATA_DIR = Path(env.str("NEWSROOM_DATA", default=str(BASE_DIR / "var"))).resolve()
try:
    PORT = env.int("PORT", default=8000)
except ValueError:
    PORT = 0
if not 1 <= PORT <= 65535:  # noqa: PLR2004 - what 16 bits hold
    raise ImproperlyConfigured(f"PORT is {env.str('PORT')!r}: give a number from 1 to 65535.")
# With the port where it is not the scheme's own: hosts are compared as the browser sends them.
DOMAIN = env.str("NEWSROOM_DOMAIN", default=f"localhost:{PORT}").lower()
if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", DOMAIN):
    raise ImproperlyConfigured(
        f"NEWSROOM_DOMAIN is {DOMAIN!r}: give a host name without https:// and without a path."
    )
IS_LOCAL = DOMAIN.partition(":")[0] == "localhost"
SCHEME = env.str("NEWSROOM_SCHEME", default="http" if IS_LOCAL else "https")
if SCHEME not in ("http", "https"):
    raise ImproperlyConfigured(f"NEWSROOM_SCHEME is {SCHEME!r}: give http or https.")
DATABASE_URL = env.str("DATABASE_URL", default="")
if DATABASE_URL and not DATABASE_URL.startswith(("postgres://", "postgresql://")):
    raise ImproperlyConfigured(
        "DATABASE_URL does not name a PostgreSQL server: postgres://user:password@host/name"
    )
LOADS_DEMO = IS_LOCAL and env.str("NEWSROOM_DEMO", default="1") != "0"
# Editors and administrators sign in with a second factor, but for the demo that `run` has loaded.
SECOND_FACTOR_IS_DEMANDED = not (IS_LOCAL and env.str("NEWSROOM_IS_DEMO", default="") == "1")
DEBUG = env.bool("NEWSROOM_DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or read_or_create(DATA_DIR)

# bureaus.middleware answers for hosts: an unknown one gets a plain 404, not Django's 400.
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "newsroom.apps.NewsroomConfig",
    "bureaus.apps.BureausConfig",
    "articles.apps.ArticlesConfig",
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "newsroom.apps.StaticFilesConfig",
    "django.contrib.postgres",
    "django.forms",  # its templates, for FORM_RENDERER
    "taggit",
    "ckeditor",
    "csp",
    "procrastinate.contrib.django",
    "allauth",
    "newsroom.apps.AccountsConfig",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.compression.compression_middleware",
    "bureaus.middleware.site_middleware",
    "bureaus.middleware.text_only_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bureaus.middleware.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "bureaus.sign_in.middleware.sign_in_middleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls.network"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Widgets of our own are drawn from templates/, too.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# In the session and not in a cookie of their own: a message may hold a long headline.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "articles.desk_errors.csrf_failure"

DATABASES = {
    "default": env.db_url("DATABASE_URL") if DATABASE_URL else database.connection(DATA_DIR)
}
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# newsroom.statements prepares its statements, whose plan is the same for any values: without this
# PostgreSQL plans each of them five times over on every connection before it trusts that.
_options = DATABASES["default"].setdefault("OPTIONS", {})
# A statement of any other module would have to come a thousand million times to be prepared.
_options["prepare_threshold"] = 1_000_000_000
_options["options"] = f"{_options.get('options', '')} -c plan_cache_mode=force_generic_plan".strip()
# Off behind a pooler that gives each transaction another connection and knows no such statements.
PREPARED_STATEMENTS = env.bool("NEWSROOM_PREPARED_STATEMENTS", True)
if env.bool("NEWSROOM_POOL", False):
    # Threads of the web server come and go, and a connection of their own would outlive each.
    # The waits are short: with the database away a page must say so, and be back soon after.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.int("NEWSROOM_POOL_SIZE", 12),
        "timeout": 5,
        "reconnect_timeout": 5,
    }

# Readers' pages in memory: newsroom/cached_pages. The listener's line must not go through a pooler.
PAGE_CACHE_MB = env.int("NEWSROOM_PAGE_CACHE_MB", 64)
LISTENER_URL = env.str("NEWSROOM_LISTENER_URL", default=DATABASE_URL)
# The cache in front, if there is one that can be told what to drop: newsroom/purge.py.
PURGE_KIND = env.str("NEWSROOM_PURGE", default="")
if PURGE_KIND not in ("", "cloudflare", "fastly", "varnish"):
    raise ImproperlyConfigured(
        f"NEWSROOM_PURGE is {PURGE_KIND!r}: give cloudflare, fastly or varnish."
    )
PURGE_OPTIONS = {
    name: env.str(f"NEWSROOM_PURGE_{name.upper()}", default="") for name in ("zone", "token", "url")
}
PROCRASTINATE_IMPORT_PATHS = ["newsroom.purge"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "bureaus.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Languages and time. Times are stored in UTC and printed in the zone of their bureau.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
# The second has better Indonesian for words of Django's own that the desk shows.
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale", BASE_DIR / "newsroom" / "locale_django"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "newsroom.stylesheet.JoinedSheetFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
ORIGINALS_ROOT = DATA_DIR / "originals"  # pictures as they came: beside what is served, not in it
STORAGES = {
    "default": {"BACKEND": "newsroom.storage.WholeFiles"},
    "originals": {"BACKEND": "newsroom.storage.Originals"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60  # seconds, for files without a hash in their name
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "newsroom.arriving.BoundedUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # a 12,000-word story is about 100 KB

# The desk's cookies. A browser takes a Secure cookie from *.localhost over plain HTTP, too, and
# __Host- keeps a bureau's site from ever setting one for the desk.
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "unused"  # the language is never taken from a cookie

# Signing in: at the desk alone, by django-allauth. Nobody signs up; people are invited.
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "bureaus.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]  # asked for by a check alone
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_SESSION_REMEMBER = True
# Django's own: allauth's would keep a second list of addresses, which could outlive a change.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_FORMS = {
    "login": "bureaus.sign_in.forms.SignInForm",
    "change_password": "bureaus.sign_in.forms.ChangePasswordForm",
    "reset_password_from_key": "bureaus.sign_in.forms.NewPasswordForm",
}
# A whole newsroom may share one address, so the limit that bites is the one of an account.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "5/15m/key,100/15m/ip",
    "reset_password": "30/h/ip,5/h/key",
    "invite": "5/h/key",  # mails to one person
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("NEWSROOM_PROXIES", default=0)
MFA_ADAPTER = "bureaus.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given by administrators
MFA_TOTP_TOLERANCE = 1  # periods of 30 s before and after: phones' clocks are not exact
MFA_FORMS = {
    "authenticate": "bureaus.sign_in.forms.CodeForm",
    "reauthenticate": "bureaus.sign_in.forms.CodeAgainForm",
    "activate_totp": "bureaus.sign_in.forms.FirstCodeForm",
    "add_webauthn": "bureaus.sign_in.forms.AddPasskeyForm",
    "login_webauthn": "bureaus.sign_in.forms.PasskeySignInForm",
    "authenticate_webauthn": "bureaus.sign_in.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "bureaus.sign_in.forms.PasskeyAgainForm",
}
# What counts attempts must be the same in every process, and outlive a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "bureaus_sign_in_counts",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

if SCHEME == "https":
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# Readers' pages are cached, so their policy has no nonce; it is the default, errors included.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# bureaus.middleware gives this one to the whole desk; static/js/editor/policy.js is why the editor
# can do with it. CKEditor writes style attributes.
DESK_CSP = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, NONCE],
    "style-src-elem": [SELF],
    "style-src-attr": [UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "frame-ancestors": [SELF],
    "report-uri": ["/policy-reports/"],
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb",
    )
}  # fmt: skip

TAGGIT_CASE_INSENSITIVE = True
# The editor's end of life is known and met: newsroom.checks fails when a mitigation is missing.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("NEWSROOM_MAIL_FROM", default=f"desk@{DOMAIN.partition(':')[0]}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
