"""A few drawn pictures for the newest activities, so that pages with photos can be seen; nobody is in them."""
import hashlib
import io

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from campaign.models import ActivityPhoto, Photo

SCENES = [  # sky, ground, house, roof
    ((221, 234, 219), (196, 214, 190), (226, 212, 190), (98, 140, 96)),
    ((238, 230, 218), (205, 182, 150), (250, 250, 248), (140, 104, 66)),
    ((219, 229, 238), (225, 221, 212), (250, 250, 250), (79, 111, 146)),
]
SIZE = (1280, 720)


def drawn(number):
    """JPEG bytes of scene `number`: a house and figures from simple shapes."""
    sky, ground, house, roof = SCENES[number % len(SCENES)]
    picture = Image.new("RGB", SIZE, sky)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 560, *SIZE), fill=ground)
    pen.rectangle((120, 180, 520, 600), fill=house)
    pen.polygon([(80, 190), (320, 60), (560, 190)], fill=roof)
    pen.rectangle((270, 380, 370, 600), fill=(176, 138, 104))
    for place in range(3 + number % 2):
        x = 640 + place * 140
        pen.ellipse((x, 330, x + 84, 414), fill=(217, 184, 154))
        pen.rounded_rectangle((x - 20, 424, x + 104, 620), 50, fill=roof if place % 2 else (74, 111, 140))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=82)
    return stream.getvalue()


def add_pictures(activities):
    """Give the nine newest activities one drawn picture each. Returns the photos."""
    newest = sorted(activities, key=lambda activity: (activity.happened_on, activity.pk))[-9:]
    photos = []
    for number, activity in enumerate(newest):
        content = drawn(number)
        photo = Photo(
            organization=activity.organization, width=SIZE[0], height=SIZE[1], byte_size=len(content),
            sha256=hashlib.sha256(content).hexdigest(), taken_on=activity.happened_on,
            uploaded_by=activity.recorded_by, uploaded_at=activity.recorded_at,
        )
        photo.file.save(f"demo-{number}.jpg", ContentFile(content), save=False)
        photo.save()
        ActivityPhoto.objects.create(activity=activity, photo=photo, caption="示意图，不是真实照片")
        photos.append(photo)
    return photos
