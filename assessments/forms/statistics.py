from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.statistics.cuts import Cut, cut_name
from assessments.statistics.lines import By, by_name
from assessments.statistics.measures import Topic, topic_name
from assessments.statistics.moments import Moment


class StatisticsForm(forms.Form):
    """What of a period's statistics is shown; each choice has one that stands when none is made."""

    show = forms.ChoiceField(widget=forms.HiddenInput)
    by = forms.ChoiceField(label=_("Mỗi thanh là"))
    cut = forms.ChoiceField(label=_("Đếm học sinh"))
    compare = forms.ChoiceField(label=_("So sánh với"), required=False)

    def __init__(
        self,
        asked: Mapping[str, str],
        *,
        topics: Sequence[Topic],
        bys: Sequence[By],
        cuts: Iterable[Cut],
        others: Iterable[Moment],
    ) -> None:
        self.defaults = {"show": topics[0].value, "by": By.GRADE.value, "cut": Cut.ALL.value}
        super().__init__({**self.defaults, **{name: asked[name] for name in asked}})
        self.moments = {moment.key: moment for moment in others}
        self._offer("show", {topic.value: topic_name(topic) for topic in topics})
        self._offer("by", {by.value: by_name(by) for by in bys})
        self._offer("cut", {cut.value: cut_name(cut) for cut in cuts})
        names = {key: moment.name for key, moment in self.moments.items()}
        self._offer("compare", {"": _("Không so sánh"), **names})

    def _offer(self, name: str, choices: Mapping[str, object]) -> None:
        self.fields[name].choices = list(choices.items())  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """What cannot be chosen counts as not chosen."""
        self.full_clean()
        return str(self.cleaned_data.get(name) or self.defaults.get(name, ""))

    @property
    def chosen_topic(self) -> Topic:
        return Topic(self.chosen("show"))

    @property
    def chosen_by(self) -> By:
        return By(self.chosen("by"))

    @property
    def chosen_cut(self) -> Cut:
        return Cut(self.chosen("cut"))

    @property
    def chosen_moment(self) -> Moment | None:
        return self.moments.get(self.chosen("compare"))
