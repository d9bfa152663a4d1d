"""Check of the OpenID provider that users sign in with."""

from flask_babel import gettext as _

from app.auth.oidc_http import ProviderUnavailable
from app.auth.provider import get_provider
from app.extensions import get_settings
from app.operations.check import Check, CheckState


def check_provider(*, call_provider: bool) -> Check | None:
    """Whether the provider answers as OpenID Connect asks; None without AUTH=oidc."""
    if get_settings().auth != "oidc":
        return None
    title, issuer = _("OpenID provider"), get_settings().oidc_issuer
    if not call_provider:
        message = _("Only tested on request.")
        return Check("oidc", title, CheckState.SKIPPED, message)
    try:
        get_provider().refresh()
    except ProviderUnavailable as error:
        message = _("%(url)s does not answer as a provider: %(why)s", url=issuer, why=error)
        advice = _("Nobody can sign in until it does. Check OIDC_ISSUER and this machine's network.")
        return Check("oidc", title, CheckState.PROBLEM, message, advice)
    return Check("oidc", title, CheckState.OK, _("It answers at %(host)s.", host=issuer))
