import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0009_commendations'),
        ('schools', '0004_roster_by_closing'),
        ('students', '0003_individual_plans'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locked_at', models.DateTimeField(blank=True, null=True)),
                ('grade_level', models.PositiveSmallIntegerField(verbose_name='khối')),
                ('general_note', models.TextField(blank=True, max_length=1000, verbose_name='ghi chú chung')),
                ('lower_secondary_school', models.CharField(blank=True, max_length=150, verbose_name='trường trung học cơ sở')),
                ('invigilation', models.TextField(blank=True, max_length=1000, verbose_name='giáo viên trung học cơ sở tham gia coi, chấm')),
                ('report_cards', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='số học bạ')),
                ('class_summaries', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='số bảng tổng hợp của lớp')),
                ('handed_over_at', models.DateTimeField(blank=True, null=True)),
                ('received_at', models.DateTimeField(blank=True, null=True)),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('return_reason', models.TextField(blank=True, verbose_name='lý do trả lại')),
                ('giver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handovers_given', to='schools.staffmember', verbose_name='người giao')),
                ('handed_over_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('receiver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handovers_received', to='schools.staffmember', verbose_name='người nhận')),
                ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='schools.schoolclass')),
            ],
            options={
                'verbose_name': 'bàn giao học sinh',
                'verbose_name_plural': 'bàn giao học sinh',
            },
        ),
        migrations.CreateModel(
            name='HandoverNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locked_at', models.DateTimeField(blank=True, null=True)),
                ('highlights', models.TextField(blank=True, max_length=1000, verbose_name='nét nổi bật')),
                ('limits', models.TextField(blank=True, max_length=1000, verbose_name='hạn chế')),
                ('saved_at', models.DateTimeField()),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handover_notes', to='students.enrollment')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='assessments.handover')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'ghi chú bàn giao',
                'verbose_name_plural': 'ghi chú bàn giao',
            },
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(fields=('school_class', 'grade_level'), name='handover_unique', violation_error_message='Lớp đã có biên bản bàn giao của khối này.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('grade_level__gte', 1), ('grade_level__lte', 5)), name='handover_grade_in_range', violation_error_message='Khối từ 1 đến 5.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('handed_over_at__isnull', True), ('handed_over_by__isnull', True)), models.Q(('handed_over_at__isnull', False), ('handed_over_by__isnull', False)), _connector='OR'), name='handover_handed_over_at_and_by', violation_error_message='Lần bàn giao phải ghi cả người và thời điểm.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('received_at__isnull', True), ('received_by__isnull', True)), models.Q(('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='handover_received_at_and_by', violation_error_message='Lần nhận phải ghi cả người và thời điểm.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', True), ('returned_by__isnull', True)), models.Q(('returned_at__isnull', False), ('returned_by__isnull', False)), _connector='OR'), name='handover_returned_at_and_by', violation_error_message='Lần trả lại phải ghi cả người và thời điểm.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('returned_at__isnull', True), models.Q(('return_reason', ''), _negated=True), _connector='OR'), name='handover_returned_with_reason', violation_error_message='Trả lại phải có lý do.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('returned_at__isnull', True), ('handed_over_at__isnull', True), _connector='OR'), name='handover_returned_is_with_its_giver', violation_error_message='Đã trả lại thì chưa bàn giao.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('received_at__isnull', True), ('handed_over_at__isnull', False), _connector='OR'), name='handover_received_after_it_was_given', violation_error_message='Chưa bàn giao thì chưa nhận được.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('handed_over_at__isnull', True), models.Q(('giver__isnull', False), ('receiver__isnull', False)), _connector='OR'), name='handover_between_two_people', violation_error_message='Bàn giao phải có người giao và người nhận.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('giver__isnull', True), ('receiver__isnull', True), models.Q(('giver', models.F('receiver')), _negated=True), _connector='OR'), name='handover_to_somebody_else', violation_error_message='Người nhận phải là người khác.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('handed_over_at__isnull', True), models.Q(('class_summaries__isnull', False), ('report_cards__isnull', False)), _connector='OR'), name='handover_counts_the_records', violation_error_message='Biên bản phải ghi số học bạ và số bảng tổng hợp.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('grade_level', 5), models.Q(('invigilation', ''), ('lower_secondary_school', '')), _connector='OR'), name='handover_lower_secondary_of_last_grade', violation_error_message='Chỉ lớp 5 ghi giáo viên trung học cơ sở tham gia.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('grade_level', 5), _negated=True), ('handed_over_at__isnull', True), models.Q(models.Q(('lower_secondary_school', ''), _negated=True), models.Q(('invigilation', ''), _negated=True)), _connector='OR'), name='handover_last_grade_names_lower_secondary', violation_error_message='Lớp 5: hãy ghi trường trung học cơ sở và giáo viên tham gia coi, chấm.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('locked_at__isnull', True), ('received_at__isnull', True)), models.Q(('locked_at__isnull', False), ('received_at__isnull', False)), _connector='OR'), name='handover_locked_when_received', violation_error_message='Biên bản đã nhận thì bị khóa, và chỉ khi ấy.'),
        ),
        migrations.AddConstraint(
            model_name='handovernote',
            constraint=models.UniqueConstraint(fields=('handover', 'enrollment'), name='handover_note_unique', violation_error_message='Em đã có ghi chú trong biên bản này.'),
        ),
    ]
