"""What a person may type about challenges, Doetanks, cafés and notices."""

from doetanks.forms.challenges import (
    ActionForm,
    BoardForm,
    ChallengeForm,
    DecisionForm,
    EffectForm,
    JoinForm,
    MeetingForm,
    NoteForm,
    OnwardForm,
    OpenForm,
    ResultForm,
    TrialForm,
    UploadForm,
    YieldsForm,
)
from doetanks.forms.gatherings import CafeForm, CodeForm, NoticeForm, QuestionForm, ReplyForm

__all__ = [
    "ActionForm",
    "BoardForm",
    "CafeForm",
    "ChallengeForm",
    "CodeForm",
    "DecisionForm",
    "EffectForm",
    "JoinForm",
    "MeetingForm",
    "NoteForm",
    "NoticeForm",
    "OnwardForm",
    "OpenForm",
    "QuestionForm",
    "ReplyForm",
    "ResultForm",
    "TrialForm",
    "UploadForm",
    "YieldsForm",
]
