"""Texts that makemessages would not find, so that our Dutch catalogue holds them.

Our catalogue is searched before those of Django and allauth. Theirs say "u", miss a text or use words that
we do not use ("authenticeren", "tokens"); for the pages that we show, the Dutch stands in ours. Tests hold
the first lists to texts that the packages still have, and find what is missing from the last.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

SIGNING_IN = [
    _("Email"),
    _("Email address"),
    _("Email Address"),
    _("Email address confirmation"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Password (again)"),
    _("Code"),
    _("Authenticator code"),
    _("Forgot your password?"),
    _("Sign In"),
    _("Sign Up"),
    _("Signup"),
    _("Confirm"),
    _("Continue"),
    _("Create"),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("This account is currently inactive."),
    _("This account is inactive."),
    _("Account Inactive"),
    _("Invalid login."),
    _("Incorrect password."),
    _("Incorrect code."),
    _("Please type your current password."),
    _("You must type the same password each time."),
    _("You must type the same email each time."),
    _("A user is already registered with this email address."),
    _("This email address is already associated with this account."),
    _("You cannot add more than %d email addresses."),
    _("The new value must be different from the current one."),
    _("Please select only one."),
    _("Invalid or expired key."),
    _("The password reset token was invalid."),
    _("Email Verification"),
    _("Enter Email Verification Code"),
    _("We've sent a code to %(recipient)s. The code expires shortly, so please enter it soon."),
    _("Request new code"),
    _("Use a different email address"),
    _("Confirm Access"),
    _("Please reauthenticate to safeguard your account."),
    _("Enter your password:"),
    _("Alternative options"),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    _("Change Password"),
    _("Set Password"),
    _("Password Reset"),
    _("Bad Token"),
    _(
        "The password reset link was invalid, possibly because it has already been used.  Please "
        'request a <a href="%(passwd_reset_url)s">new password reset</a>.'
    ),
    _("Your password is now changed."),
    _("You are already logged in as %(user_display)s."),
    _("Note"),
    _("Sign Up Closed"),
    _("We are sorry, but the sign up is currently closed."),
]
ADDRESSES = [
    _("verified"),
    _("primary"),
    _("email address"),
    _("email addresses"),
    _("email confirmation"),
    _("email confirmations"),
    _("Email Addresses"),
    _("The following email addresses are associated with your account:"),
    _("Verified"),
    _("Unverified"),
    _("Primary"),
    _("Make Primary"),
    _("Re-send Verification"),
    _("Add Email Address"),
    _("Add Email"),
    _("Do you really want to remove the selected email address?"),
    _("You cannot remove your primary email address."),
    _("You cannot remove your primary email address (%(email)s)."),
    _("Your primary email address must be verified."),
    _("Warning:"),
    _(
        "You currently do not have any email address set up. You should really add an email address "
        "so you can receive notifications, reset your password, etc."
    ),
    _("Verify Your Email Address"),
    _(
        "This part of the site requires us to verify that\nyou are who you claim to be. For this "
        "purpose, we require that you\nverify ownership of your email address. "
    ),
    _(
        "We have sent an email to you for\nverification. Please click on the link inside that email. "
        "If you do not see the verification email in your main inbox, check your spam folder. "
        "Otherwise\ncontact us if you do not receive it within a few minutes."
    ),
    _('<strong>Note:</strong> you can still <a href="%(email_url)s">change your email address</a>.'),
    _("Confirmation email sent to %(email)s."),
    _("You have confirmed %(email)s."),
    _("Unable to confirm %(email)s because it is already confirmed by a different account."),
    _("Removed email address %(email)s."),
    _("Primary email address set."),
    _("Successfully signed in as %(name)s."),
    _("You have signed out."),
    _("Password successfully changed."),
    _("Password successfully set."),
]
SECOND_STEP = [
    _("social account"),
    _("social accounts"),
    _("social application token"),
    _("social application tokens"),
    _("date joined"),
    _("Two-Factor Authentication"),
    _("Your account is protected by two-factor authentication. Please enter an authenticator code:"),
    _("Enter an authenticator code:"),
    _("Authenticator App"),
    _("Authentication using an authenticator app is active."),
    _("An authenticator app is not active."),
    _("Activate"),
    _("Deactivate"),
    _("Deactivate Authenticator App"),
    _("You are about to deactivate authenticator app based authentication. Are you sure?"),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("Security Keys"),
    _("No security keys have been added."),
    _("Manage"),
    _("Add Security Key"),
    _("Edit Security Key"),
    _("Remove Security Key"),
    _("Are you sure you want to remove this security key?"),
    _("Security key added."),
    _("Security key removed."),
    _("Passwordless"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes "
        "additional requirements such as biometrics or PIN protection."
    ),
    _("This functionality requires JavaScript."),
    _("Master key"),
    _("Backup key"),
    _("Key nr. {number}"),
    _("Recovery Codes"),
    _("Recovery codes"),
    _("No recovery codes set up."),
    _("View"),
    _("Download"),
    _("Generate"),
    _("Unused codes"),
    _("Download codes"),
    _("Generate new codes"),
    _("You are about to generate a new set of recovery codes for your account."),
    _("This action will invalidate your existing codes."),
    _("Are you sure?"),
    _("A new set of recovery codes has been generated."),
    _("I have saved my recovery codes"),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot add an email address to an account protected by two-factor authentication."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("Other options"),
    _("Or use a third-party"),
    _("Third-Party Login Failure"),
    _("An error occurred while attempting to login via your third-party account."),
    _("Login Cancelled"),
    _(
        "You decided to cancel logging in to our site using one of your existing accounts. If this "
        'was a mistake, please proceed to <a href="%(login_url)s">sign in</a>.'
    ),
    _("Account Connections"),
    _("You can sign in to your account using any of the following third-party accounts:"),
    _("You currently have no third-party accounts connected to this account."),
    _("Add a Third-Party Account"),
    _("Sign In Via %(provider)s"),
    _("Connect %(provider)s"),
    _("You are about to sign in using a third-party account from %(provider)s."),
    _("You are about to connect a new third-party account from %(provider)s."),
    _(
        "You are about to use your %(provider_name)s account to login to\n%(site_name)s. As a final "
        "step, please complete the following form:"
    ),
    _(
        "An account already exists with this email address. Please sign in to that account first, "
        "then connect your %s account."
    ),
    _("The third-party account has been connected."),
    _("The third-party account has been disconnected."),
    _("The third-party account is already connected to a different account."),
    _("You cannot disconnect your last remaining third-party account."),
    _("Your account has no password set up."),
    _("Your account has no verified email address."),
]
ADMINISTRATION = [
    _("Start typing to filter…"),
    _("Filter navigation items"),
    _("- Select an option -"),
    _("This field is required."),
    _("This password is too common."),
    _("The password is too similar to the %(verbose_name)s."),
    _("Your password can’t be too similar to your other personal information."),
    _("Your password can’t be a commonly used password."),
    _("Your old password was entered incorrectly. Please enter it again."),
    _("last login"),
    _("user"),
    _("Log in"),
    _("Log out"),
    _("Logout"),
    _("Log in again"),
    _("Delete"),
    _("Delete?"),
    _("Save and add another"),
    _("Save and continue editing"),
    _("Save and view"),
    _("Run"),
    _("View on site"),
    _("View site"),
    _("Breadcrumbs"),
    _("You may edit it again below."),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    _("Items must be selected in order to perform actions on them. No items have been changed."),
    _("No action selected."),
    _("You don’t have permission to view or edit anything."),
    _("Filter by %(field_name)s"),
    _("Pagination %(name)s"),
    _("Pagination %(name)s entries"),
    _("Search %(name)s"),
    _(
        "Are you sure you want to delete the %(object_name)s “%(escaped_object)s”? All of the "
        "following related items will be deleted:"
    ),
    _(
        "Deleting the %(object_name)s “%(escaped_object)s” would result in deleting related objects, "
        "but your account doesn't have permission to delete the following types of objects:"
    ),
    _(
        "Deleting the %(object_name)s “%(escaped_object)s” would require deleting the following "
        "protected related objects:"
    ),
    _(
        "Are you sure you want to delete the selected %(objects_name)s? All of the following objects "
        "and their related items will be deleted:"
    ),
    _(
        "Deleting the selected %(objects_name)s would result in deleting related objects, but your "
        "account doesn't have permission to delete the following types of objects:"
    ),
    _(
        "You are authenticated as %(username)s, but are not authorized to access this page. Would "
        "you like to login to a different account?"
    ),
    _("This object doesn’t have a change history. It probably wasn’t added via this admin site."),
    _("action time"),
    _("content type"),
    _("object id"),
    _("object repr"),
    _("action flag"),
    _("change message"),
    _("log entry"),
    _("log entries"),
]
COUNTED = [
    ngettext_lazy(
        "You have added %(count)s security key.",
        "You have added %(count)s security keys.",
        "count",
    ),
    ngettext_lazy(
        "There is %(unused_count)s out of %(total_count)s recovery codes available.",
        "There are %(unused_count)s out of %(total_count)s recovery codes available.",
        "count",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "count",
    ),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "count",
    ),
]
# In our own code, inside an f-string or behind another name for gettext: xgettext does not see those.
UNSEEN = [
    _("moved at"),
    _("This is not the address you sign in with."),
    _("my-data"),
    _("where you are mentioned"),
    _("what you changed"),
    _("about these files"),
    _(
        "We do not know %(domain)s as the domain of an organisation. Use your address at work. Is it "
        "that already? Then ask the HR adviser of your organisation to let us add the domain."
    ),
    _("This contains a sign that cannot be seen. Type the name again."),
    _("A name has no : / or @ in it."),
    _("The first answer is due by %s."),
]
