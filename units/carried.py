"""What somebody typed into a form whose session had ended travels through the sign-in and comes back.

The middleware stops such a POST and shows a sign-in page (units.views.sign_in_again) that carries the fields in one signed
value. After signing in as the same person they wait in the session for the page they belong to: a view marked
`shows_carried` fills its form with them (`carried_fields`), any other is offered to send them again with one press.
Nothing is carried out by itself: between the press and the sign-in somebody may have thought better of it.
"""
from django.core import signing
from django.http import QueryDict

SALT = "carried"
KEY = "carried"
MOST_TYPED = 200_000  # characters; no form of this product comes near it, and sealing more would cost the server dearly
LASTS = 12 * 60 * 60  # seconds; no session lives longer
SECRET = ("csrfmiddlewaretoken", "password", "old_password", "new_password1", "new_password2")


def seal(post, *, path, user_id):
    """The posted fields (QueryDict) with where they were going and whose they are, signed; passwords and files stay out.

    None when somebody sends far more than any form has.
    """
    if sum(len(name) + len(value) for name, values in post.lists() for value in values) > MOST_TYPED:
        return None
    fields = post.copy()
    for name in SECRET:
        fields.pop(name, None)
    return signing.dumps({"path": path, "fields": fields.urlencode(), "user": user_id}, salt=SALT, compress=True)


def unseal(text):
    """{path, fields, user} of a sealed value, or None when it was tampered with or is too old."""
    try:
        return signing.loads(text, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None


def typed_texts(sealed):
    """What was typed, longest first, for the eye; ids, numbers and short words tell a person nothing."""
    values = [value for _name, values in QueryDict(sealed["fields"]).lists() for value in values]
    return sorted({value for value in values if len(value) > 7 and not value.isascii()}, key=len, reverse=True)[:6]


def wait_for_page(request, sealed):
    """Let the fields wait in the session."""
    request.session[KEY] = {"path": sealed["path"], "fields": sealed["fields"]}


def waiting(request):
    """{path, fields} that wait in the session, or None."""
    return request.session.get(KEY)


def forget(request):
    request.session.pop(KEY, None)


def shows_carried(view):
    """Mark a view whose GET fills its form with `carried_fields`."""
    view.shows_carried = True
    return view


def carried_fields(request):
    """The fields (QueryDict) that wait for this very page, once; None when there are none, as on nearly every GET."""
    kept = waiting(request)
    if not kept or kept["path"].split("?")[0] != request.path:
        return None
    forget(request)
    request.came_back = True  # for the page's own sentence about it
    return QueryDict(kept["fields"])
