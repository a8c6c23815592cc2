
import huanchuang.orm.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0003_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(max_length=20, verbose_name='类别')),
                ('one', huanchuang.orm.fields.SubjectField(max_length=120)),
                ('other', huanchuang.orm.fields.SubjectField(max_length=120)),
                ('score', models.FloatField(verbose_name='分值')),
                ('proposed', models.CharField(max_length=20, verbose_name='初判')),
                ('comparison', models.JSONField(default=dict)),
                ('said', models.CharField(choices=[('open', '待判断'), ('same', '相同'), ('different', '不同'), ('unsure', '拿不准')], default='open', max_length=12, verbose_name='结论')),
                ('found_by', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'ordering': ['-score', 'id'],
                'indexes': [models.Index(fields=['said', 'kind', '-score'], name='candidate_in_the_queue'), models.Index(fields=['other'], name='candidate_by_other')],
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='candidate_once'), models.CheckConstraint(condition=models.Q(('one', models.F('other')), _negated=True), name='candidate_of_two')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('one', huanchuang.orm.fields.SubjectField(max_length=120)),
                ('other', huanchuang.orm.fields.SubjectField(max_length=120)),
                ('verdict', models.CharField(choices=[('open', '待判断'), ('same', '相同'), ('different', '不同'), ('unsure', '拿不准')], max_length=12)),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.CharField(max_length=64)),
                ('by_name', models.CharField(max_length=120, verbose_name='判断人')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('score', models.FloatField(null=True)),
                ('comparison', models.JSONField(default=dict)),
                ('is_current', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['other'], name='judgement_by_other')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('one', 'other'), name='judgement_one_standing')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('kept', huanchuang.orm.fields.SubjectField(max_length=120)),
                ('lost', huanchuang.orm.fields.SubjectField(max_length=120)),
                ('kept_title', models.CharField(max_length=200)),
                ('lost_title', models.CharField(max_length=200)),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.CharField(max_length=64)),
                ('by_name', models.CharField(max_length=120, verbose_name='合并人')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('despite', models.CharField(blank=True, max_length=300, verbose_name='坚持合并的理由')),
                ('choices', models.JSONField(default=dict)),
                ('columns', models.JSONField(default=dict)),
                ('moved', models.JSONField(default=list)),
                ('stayed', models.JSONField(default=list)),
                ('told', models.JSONField(default=dict)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.CharField(blank=True, max_length=64)),
                ('undone_by_name', models.CharField(blank=True, max_length=120, verbose_name='撤销人')),
                ('undone_because', models.CharField(blank=True, max_length=300, verbose_name='撤销理由')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['kept'], name='merge_by_kept')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('lost',), name='merge_loses_once'), models.CheckConstraint(condition=models.Q(('kept', models.F('lost')), _negated=True), name='merge_of_two')],
            },
        ),
    ]
