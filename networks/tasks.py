"""Background work of networks: telling people. What the clock starts by itself stands in `clock.py`."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bwob import mail
from bwob.organisations.models import Region
from networks import call_emails, emails, follow_emails
from networks.models import Message, Network, PartnerCall, Partnership, Proposal, Reaction, Subscription

PATIENCE = RetryStrategy(max_attempts=60, linear_wait=60)  # with growing pauses, some thirty hours in all


@app.task(retry=PATIENCE)
def tell_tie(message: str, partnership_id: int) -> None:
    """Send one of the messages about a tie; nothing when it is gone."""
    partnership = Partnership.objects.with_names().filter(pk=partnership_id).first()
    if partnership:
        with mail.to_everybody():
            emails.TIES[message](partnership)


@app.task(retry=PATIENCE)
def tell_proposal(message: str, proposal_id: int) -> None:
    """Send one of the messages about a proposal; nothing when it is gone."""
    proposal = Proposal.objects.with_names().filter(pk=proposal_id).first()
    if proposal:
        with mail.to_everybody():
            emails.PROPOSALS[message](proposal)


@app.task(retry=PATIENCE)
def tell_network(message: str, network_id: int) -> None:
    """Send one of the messages about a network itself."""
    network = Network.objects.with_names().select_related("contact", "invited").filter(pk=network_id).first()
    if network:
        with mail.to_everybody():
            emails.NETWORKS[message](network)


@app.task(retry=PATIENCE)
def tell_region(region_id: int) -> None:
    """Tell who decides in a region now that one coordinator has gone."""
    region = Region.objects.filter(pk=region_id).first()
    if region:
        with mail.to_everybody():
            emails.coordinator_left(region)


@app.task(retry=PATIENCE)
def tell_message(message_id: int) -> None:
    """Pass on what somebody wrote to a network; nothing when the sender erased the account meanwhile."""
    written = Message.objects.select_related("sender", "network__place", "network__contact")
    found = written.filter(pk=message_id).first()
    if found:
        with mail.to_everybody():
            emails.message(found)


@app.task(retry=PATIENCE)
def tell_call(message: str, call_id: int) -> None:
    """Send one of the messages about a call for partners; nothing when it is gone."""
    call = PartnerCall.objects.with_names().select_related("written_by", "network__contact")
    found = call.filter(pk=call_id).first()
    if found:
        with mail.to_everybody():
            call_emails.CALLS[message](found)


@app.task(retry=PATIENCE)
def tell_reaction(message: str, reaction_id: int) -> None:
    """Send one of the messages about a reaction; nothing when it is gone, as with the account."""
    found = Reaction.objects.with_names().filter(pk=reaction_id).first()
    if found:
        with mail.to_everybody():
            call_emails.REACTIONS[message](found)


@app.task(retry=PATIENCE)
def ask_to_confirm(subscription_id: int) -> None:
    """Nothing when it was confirmed or stopped meanwhile."""
    found = Subscription.objects.filter(pk=subscription_id, confirmed_at=None).first()
    if found:
        follow_emails.please_confirm(found)
