import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


LONGEST_WORDING = 500


def keep_what_was_written(apps, schema_editor):
    """The texts of the old field as awarded commendations; their decisions' numbers are unknown."""
    decisions = apps.get_model("assessments", "YearDecision").objects
    commendations = apps.get_model("assessments", "Commendation").objects
    for decision in decisions.exclude(extraordinary_reward=""):
        text, day = decision.extraordinary_reward, decision.decided_at.date()
        commendations.create(
            enrollment_id=decision.enrollment_id,
            kind="extraordinary",
            status="awarded",
            achievement=text,
            wording=text[:LONGEST_WORDING],
            given_on=day,
            proposed_at=decision.decided_at,
            proposed_by_id=decision.decided_by_id,
            decision_number="(không rõ số)",
            decided_on=day,
            decided_at=decision.decided_at,
            decided_by_id=decision.decided_by_id,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0008_year_end'),
        ('students', '0003_individual_plans'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Commendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('extraordinary', 'Khen thưởng đột xuất'), ('higher_level', 'Cấp trên khen thưởng, giải thưởng'), ('praise_letter', 'Thư khen')], max_length=20, verbose_name='hình thức')),
                ('status', models.CharField(choices=[('proposed', 'chờ hiệu trưởng quyết định'), ('forwarded', 'đã đề nghị cấp trên'), ('awarded', 'đã khen thưởng'), ('sent', 'thư đã gửi'), ('declined', 'không khen thưởng'), ('withdrawn', 'đã rút')], default='proposed', max_length=12, verbose_name='trạng thái')),
                ('achievement', models.TextField(max_length=2000, verbose_name='thành tích')),
                ('wording', models.CharField(blank=True, max_length=500, verbose_name='nội dung ghi học bạ')),
                ('given_on', models.DateField(blank=True, null=True, verbose_name='ngày khen')),
                ('proposed_at', models.DateTimeField()),
                ('awarding_body', models.CharField(blank=True, max_length=150, verbose_name='cấp khen thưởng')),
                ('decision_number', models.CharField(blank=True, max_length=50, verbose_name='số quyết định')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='ngày quyết định')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('closing_reason', models.TextField(blank=True, verbose_name='lý do không khen thưởng')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commendations', to='students.enrollment')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'khen thưởng trong năm',
                'verbose_name_plural': 'khen thưởng trong năm',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['extraordinary', 'higher_level', 'praise_letter'])), name='commendation_kind_known', violation_error_message='Hãy chọn hình thức khen thưởng.'), models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'forwarded', 'awarded', 'sent', 'declined', 'withdrawn'])), name='commendation_status_known', violation_error_message='Trạng thái không có trong quy trình.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'praise_letter'), ('status__in', ['sent', 'withdrawn'])), models.Q(models.Q(('kind', 'praise_letter'), _negated=True), models.Q(('status', 'sent'), _negated=True)), _connector='OR'), name='commendation_letter_is_sent', violation_error_message='Thư khen được gửi mà không cần quyết định.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'forwarded'), _negated=True), ('kind', 'higher_level'), _connector='OR'), name='commendation_forwarded_to_a_higher_level', violation_error_message='Chỉ đề nghị cấp trên khi cấp trên khen thưởng.'), models.CheckConstraint(condition=models.Q(('achievement', ''), _negated=True), name='commendation_achievement_present', violation_error_message='Hãy ghi thành tích của em.'), models.CheckConstraint(condition=models.Q(('kind', 'praise_letter'), models.Q(('wording', ''), _negated=True), _connector='OR'), name='commendation_wording_present', violation_error_message='Hãy ghi nội dung sẽ ghi vào học bạ.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['awarded', 'sent']), _negated=True), ('given_on__isnull', False), _connector='OR'), name='commendation_given_with_its_day', violation_error_message='Khen thưởng và thư khen phải có ngày.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'awarded'), _negated=True), models.Q(models.Q(('decision_number', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='commendation_awarded_by_a_decision', violation_error_message='Khen thưởng phải có số và ngày quyết định.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'higher_level'), ('status', 'awarded'), _negated=True), models.Q(('awarding_body', ''), _negated=True), _connector='OR'), name='commendation_names_the_higher_level', violation_error_message='Hãy ghi cấp nào khen thưởng.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='commendation_decided_at_and_by', violation_error_message='Quyết định phải ghi cả người và thời điểm.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('status__in', ['awarded', 'declined'])), ('status', 'withdrawn'), models.Q(models.Q(('status__in', ['awarded', 'declined']), _negated=True), ('decided_at__isnull', True)), _connector='OR'), name='commendation_decided_when_it_says_so', violation_error_message='Chưa quyết định thì chưa khen thưởng được.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['declined', 'withdrawn']), _negated=True), models.Q(('closing_reason', ''), _negated=True), _connector='OR'), name='commendation_ended_with_reason', violation_error_message='Không khen thưởng thì phải ghi lý do.')],
            },
        ),
        migrations.RunPython(keep_what_was_written, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='yeardecision',
            name='extraordinary_reward',
        ),
    ]
