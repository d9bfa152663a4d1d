"""Every route, what it takes, and the least role that it is open to."""

ACCESS = {
    ("/", "GET"): "viewer",
    ("/account", "GET"): "viewer",
    ("/account/password", "GET"): "viewer",
    ("/account/password", "POST"): "viewer",
    ("/account/sign-out-everywhere", "POST"): "viewer",
    ("/admin/", "GET"): "admin",
    ("/admin/status", "GET"): "admin",
    ("/admin/status", "POST"): "admin",
    ("/admin/audit", "GET"): "admin",
    ("/admin/audit.csv", "GET"): "admin",
    ("/admin/users", "GET"): "admin",
    ("/admin/users/<id>", "GET"): "admin",
    ("/admin/users/<id>/disable", "POST"): "admin",
    ("/admin/users/<id>/enable", "POST"): "admin",
    ("/admin/users/<id>/password", "POST"): "admin",
    ("/admin/users/<id>/role", "POST"): "admin",
    ("/admin/users/<id>/sign-out", "POST"): "admin",
    ("/admin/users/invite", "GET"): "admin",
    ("/admin/users/invite", "POST"): "admin",
    ("/meetings/<id>/copied", "POST"): "viewer",
    ("/meetings/<id>.ics", "GET"): "viewer",
    ("/meetings/<id>/copy-all", "GET"): "viewer",
    ("/meetings/<id>/deliveries", "POST"): "viewer",
    ("/meetings/<id>/hand-over", "GET"): "viewer",
    ("/meetings/<id>/message", "GET"): "viewer",
    ("/meetings/<id>/message", "POST"): "coordinator",
    ("/meetings/<id>/people.csv", "GET"): "viewer",
    ("/meetings/<id>/people.xlsx", "GET"): "viewer",
    ("/meetings/<id>/sheet", "GET"): "viewer",
    ("/people/suggestions", "POST"): "coordinator",
    ("/participants/<id>.ics", "GET"): "viewer",
    ("/participants/<id>/delivery", "POST"): "viewer",
    ("/participants/<id>/qr", "GET"): "viewer",
    ("/settings/messages", "GET"): "coordinator",
    ("/settings/messages", "POST"): "coordinator",
    ("/guide", "GET"): "viewer",
    ("/healthz", "GET"): "everybody",
    ("/language", "POST"): "everybody",
    ("/lists/<id>/control", "POST"): "coordinator",
    ("/meetings/<id>", "GET"): "viewer",
    ("/meetings/<id>/cancel", "GET"): "coordinator",
    ("/meetings/<id>/cancel", "POST"): "coordinator",
    ("/meetings/<id>/correct", "GET"): "coordinator",
    ("/meetings/<id>/correct", "POST"): "coordinator",
    ("/meetings/<id>/participants", "GET"): "viewer",
    ("/meetings/<id>/participants", "POST"): "coordinator",
    ("/meetings/<id>/people/import", "GET"): "coordinator",
    ("/meetings/<id>/people/import", "POST"): "coordinator",
    ("/meetings/<id>/progress", "GET"): "viewer",
    ("/meetings/<id>/resolve", "POST"): "coordinator",
    ("/meetings/adopt", "GET"): "coordinator",
    ("/meetings/adopt", "POST"): "coordinator",
    ("/meetings/new", "GET"): "coordinator",
    ("/meetings/new", "POST"): "coordinator",
    ("/metrics", "GET"): "everybody",
    ("/participants/<id>/correct", "GET"): "coordinator",
    ("/participants/<id>/correct", "POST"): "coordinator",
    ("/participants/<id>/resolve", "POST"): "coordinator",
    ("/participants/<id>/token", "POST"): "coordinator",
    ("/readyz", "GET"): "everybody",
    ("/sign-in", "GET"): "everybody",
    ("/sign-in", "POST"): "everybody",
    ("/sign-in/held", "GET"): "viewer",
    ("/sign-in/oidc", "GET"): "everybody",
    ("/sign-in/oidc/callback", "GET"): "everybody",
    ("/sign-out", "POST"): "viewer",
    ("/static/<path:filename>", "GET"): "everybody",
}
WRITES = sorted(path for path, method in ACCESS if method == "POST")
READS = sorted(path for path, method in ACCESS if method == "GET" and not path.startswith("/static"))


def plain(rule: str) -> str:
    """A rule of the application as it stands in the table."""
    before, marked, rest = rule.partition("<int(")
    return f"{before}<id>{rest.partition('>')[2]}" if marked else rule


def address(path: str, number: int = 1) -> str:
    """An address of a route in the table."""
    return path.replace("<id>", str(number)).replace("<path:filename>", "css/convoca.css")
