import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0002_updated_at'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='homeroomassignment',
            name='school_class',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='homeroom_assignments', to='schools.schoolclass', verbose_name='lớp'),
        ),
        migrations.AlterField(
            model_name='homeroomassignment',
            name='staff_member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='homeroom_assignments', to='schools.staffmember', verbose_name='cán bộ, giáo viên'),
        ),
        migrations.AlterField(
            model_name='periodwindow',
            name='school_year',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='period_windows', to='schools.schoolyear', verbose_name='năm học'),
        ),
        migrations.AlterField(
            model_name='school',
            name='department',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='schools.department', verbose_name='sở giáo dục và đào tạo'),
        ),
        migrations.AlterField(
            model_name='schoolclass',
            name='school_year',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='schools.schoolyear', verbose_name='năm học'),
        ),
        migrations.AlterField(
            model_name='schoolyear',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='school_years', to='schools.school', verbose_name='trường'),
        ),
        migrations.AlterField(
            model_name='staffmember',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff_members', to='schools.school', verbose_name='trường'),
        ),
        migrations.AlterField(
            model_name='staffmember',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff_members', to=settings.AUTH_USER_MODEL, verbose_name='người dùng'),
        ),
        migrations.AlterField(
            model_name='staffrole',
            name='staff_member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='schools.staffmember', verbose_name='cán bộ, giáo viên'),
        ),
        migrations.AlterField(
            model_name='subjectoffering',
            name='school_class',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subject_offerings', to='schools.schoolclass', verbose_name='lớp'),
        ),
        migrations.AlterField(
            model_name='teachingassignment',
            name='offering',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teaching_assignments', to='schools.subjectoffering', verbose_name='môn học của lớp'),
        ),
        migrations.AlterField(
            model_name='teachingassignment',
            name='staff_member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teaching_assignments', to='schools.staffmember', verbose_name='cán bộ, giáo viên'),
        ),
    ]
