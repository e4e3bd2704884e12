"""Voting pages know nobody: for them a request has no cookie, and no answer sets one (4-trust §2)."""
VOTING = ("/v/", "/q/")


class NoCookieMiddleware:
    """Stands above the session's middleware, so that not even a signed-in person's session is read or touched."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(VOTING):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.cookies.clear()
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response
