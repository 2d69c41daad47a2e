from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schools.models import StaffMember


class PostForm(forms.Form):
    """Which of the user's own posts; any other is not a choice."""

    post = forms.TypedChoiceField(label=_("Làm việc ở"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: object, posts: list[StaffMember], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.posts = {post.pk: post for post in posts}
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            (post.pk, f"{post.school.name} · {gettext(post.position_title)}") for post in posts
        ]

    @property
    def chosen(self) -> StaffMember:
        return self.posts[self.cleaned_data["post"]]
