"""Who holds which post on a day."""
from collections import defaultdict

from units.enums import PostKind
from units.models import Post

ORDER = {kind: place for place, kind in enumerate(PostKind.values)}


def posts_of(members, *, on):
    """{member id: [Post]} of the standing posts of many members, the highest first; one query."""
    posts = defaultdict(list)
    rows = Post.objects.standing().on(on).filter(member__in=[member.pk for member in members])
    for post in sorted(rows.select_related("organization"), key=lambda post: ORDER[post.kind]):
        posts[post.member_id].append(post)
    return posts
