"""What a person may type in the own work profile."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bwob.forms import RecordForm
from mobility.forms import SkillsField
from mobility.models import Exchange, Profile
from mobility.models.profiles import BLOCKS
from mobility.nearby import gazetteer


def several(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """Several of a list, as boxes in columns."""
    boxes = forms.CheckboxSelectMultiple(attrs={"class": "bwob-choices--columns"})
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=boxes, required=False, help_text=help_text
    )


class WorkProfileForm(RecordForm):
    """Blocks of what somebody brings and looks for, each with who may see it."""

    TITLES: ClassVar = {
        "skills": gettext_lazy("What you are good at"),
        "work_fields": gettext_lazy("Your fields of work"),
        "wishes": gettext_lazy("What you look for"),
        "regions": gettext_lazy("Where"),
        "hours": gettext_lazy("How many hours"),
        "scale": gettext_lazy("Your scale"),
    }
    MEMBERS: ClassVar = {"wishes": ["kinds", "wishes"], "hours": ["hours_min", "hours_max"]}

    skills = SkillsField(
        label=gettext_lazy("Skills"),
        required=False,
        help_text=gettext_lazy("At most twenty, separated by commas. Use words that stand in offers too."),
    )
    work_fields = several(gettext_lazy("Fields of work"), Exchange.Field.choices)
    kinds = several(gettext_lazy("Kinds of exchange"), Exchange.Kind.choices)
    regions = several(gettext_lazy("Labour-market regions"), list)

    class Meta:
        model = Profile
        fields: ClassVar = [
            "skills",
            "work_fields",
            "wishes",
            "kinds",
            "regions",
            "hours_min",
            "hours_max",
            "scale",
            *(f"{block}_for" for block in BLOCKS),
            "is_findable",
        ]
        widgets: ClassVar = {"wishes": forms.Textarea(attrs={"rows": 4})}
        labels: ClassVar = {f"{block}_for": gettext_lazy("Who may see this") for block in BLOCKS}
        help_texts: ClassVar = {
            "is_findable": gettext_lazy(
                "Organisations then find you by what you open to them. Your name and address stay hidden "
                "until you say yes to a request."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = gazetteer().regions
        self.fields["regions"].choices = [(code, region.name) for code, region in known.items()]  # type: ignore[attr-defined]

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """For the template: each block with its title, its fields, and who may see it."""
        return [
            {
                "name": block,
                "title": title,
                "parts": [self[name] for name in self._members(block)],
                "step": self[f"{block}_for"],
            }
            for block, title in self.TITLES.items()
        ]

    def _members(self, block: str) -> list[str]:
        return self.MEMBERS.get(block, [block])

    @property
    def findable(self) -> BoundField:
        return self["is_findable"]

    def clean_skills(self) -> list[str]:
        skills = self.cleaned_data["skills"]
        if len(skills) > 20:
            raise ValidationError(_("Choose at most twenty skills; you typed %d.") % len(skills))
        if any(len(skill) > 60 for skill in skills):
            raise ValidationError(_("A skill has at most 60 characters. Separate skills by commas."))
        return skills

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("is_findable") and all(data.get(f"{block}_for") == Profile.Step.ME for block in BLOCKS):
            self.add_error("is_findable", _("Open at least one part first, or nobody can find you."))
        return data
