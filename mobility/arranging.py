"""What a confirmed ring comes to: for each member a place at the next one's employer, as any other confirmed
place, and how it is taken back.
"""

from collections.abc import Iterator

from django.utils import timezone

from mobility import counting
from mobility.ending import keep_until
from mobility.models import Application, Exchange, RingPlace, SwapRing, SwapWish

State = Application.State


def give_places(ring: SwapRing, places: list[RingPlace]) -> None:
    """Make the exchange and the confirmed application of each step; IntegrityError if a period overlaps."""
    for place, to in steps(places):
        exchange = exchange_of(to.wish, ring)
        application = Application(
            state=State.CONFIRMED,
            exchange=exchange,
            applicant=place.person,
            employer=place.wish.employer,
            motivation=place.wish.motivation,
            hours=to.wish.hours,
            starts_on=ring.starts_on,
            ends_on=ring.ends_on,
            manager_name=place.manager_name,
            manager_email=place.manager_email,
            submitted_at=timezone.now(),
        )
        application.keep_until = keep_until(application, after=ring.ends_on)
        application.save()
        counting.count_place(application)
        place.application = application
        place.save(update_fields=["application"])
        place.wish.move_to(SwapWish.State.PLACED, by=None, keep_until=application.keep_until)


def steps(places: list[RingPlace]) -> Iterator[tuple[RingPlace, RingPlace]]:
    """Each member with the one whose workplace he or she takes."""
    return zip(places, [*places[1:], places[0]], strict=True)


def exchange_of(wish: SwapWish, ring: SwapRing) -> Exchange:
    """The workplace of this wish as an exchange that nobody can apply for and only those concerned see."""
    return Exchange.objects.create(
        state=Exchange.State.ARRANGED,
        organisation=wish.employer,
        kind=Exchange.Kind.SWAP,
        title=wish.title,
        summary=wish.tasks[:300],
        tasks=wish.tasks,
        field=wish.field,
        hours_min=wish.hours,
        hours_max=wish.hours,
        starts_on=ring.starts_on,
        duration=wish.months,
        duration_unit=Exchange.Unit.MONTH,
        scale_min=wish.scale,
        scale_max=wish.scale,
        place=wish.place,
        remote=wish.remote,
        language=wish.person.language,
    )


def take_back(places: list[RingPlace]) -> None:
    """Before it begins one left: all places end, in the name of nobody, and the wishes are open again."""
    for place in places:
        application = place.application
        if application and application.is_confirmed:
            counting.count_place(application, number=-1)
            application.move_to(State.WITHDRAWN, by=None, keep_until=keep_until(application))
        if place.wish.state == SwapWish.State.PLACED and not has_open_wish(place):
            place.wish.move_to(SwapWish.State.OPEN, by=None, keep_until=None)


def has_open_wish(place: RingPlace) -> bool:
    return SwapWish.objects.open().filter(person=place.person).exists()
