"""Drafts and published versions, and the triggers that refuse change and removal to everybody who uses SQL."""

import django.db.models.deletion
from django.db import migrations, models


TABLE = "definitions_published"
MESSAGE = "published versions never change"


def guard_statements(vendor):
    """SQL that puts the guards up on this kind of database."""
    return {"sqlite": _sqlite_guards, "postgresql": _postgresql_guards}[vendor]()


def unguard_statements(vendor):
    """SQL that takes the guards down: for tests that empty the tables, and for going back a migration."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {TABLE}_no_{deed}" for deed in ("update", "delete")]
    triggers = [f"DROP TRIGGER IF EXISTS {TABLE}_{part} ON {TABLE}" for part in ("rows", "whole")]
    return [*triggers, "DROP FUNCTION IF EXISTS definitions_refuse()"]


def _sqlite_guards():
    return [
        f"CREATE TRIGGER {TABLE}_no_{deed} BEFORE {deed.upper()} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for deed in ("update", "delete")
    ]


def _postgresql_guards():
    return [
        "CREATE OR REPLACE FUNCTION definitions_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
        f"CREATE TRIGGER {TABLE}_rows BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION definitions_refuse()",
        f"CREATE TRIGGER {TABLE}_whole BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION definitions_refuse()",
    ]


def put_guards_up(apps, schema_editor):
    for statement in guard_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, None)


def take_guards_down(apps, schema_editor):
    for statement in unguard_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(max_length=40, verbose_name='类别')),
                ('pack', models.CharField(max_length=120, verbose_name='编号')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='名称')),
                ('files', models.JSONField(verbose_name='文件')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='来源')),
                ('based_on', models.CharField(blank=True, max_length=64)),
                ('author', models.CharField(max_length=64)),
                ('author_name', models.CharField(max_length=120, verbose_name='起草人')),
                ('editors', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('open', '起草中'), ('submitted', '待发布'), ('returned', '已退回'), ('published', '已发布'), ('withdrawn', '已撤销')], default='open', max_length=10, verbose_name='状态')),
                ('remark', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('remark_by_name', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'ordering': ['-updated_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'submitted', 'returned'])), fields=('kind', 'pack'), name='draft_one_living')],
            },
        ),
        migrations.CreateModel(
            name='Published',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='类别')),
                ('pack', models.CharField(max_length=120, verbose_name='编号')),
                ('version', models.CharField(max_length=40, verbose_name='版本')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='内容指纹')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('files', models.JSONField(verbose_name='文件')),
                ('valid_from', models.DateField(null=True, verbose_name='生效日期')),
                ('valid_to', models.DateField(null=True, verbose_name='失效日期')),
                ('author', models.CharField(max_length=64)),
                ('author_name', models.CharField(max_length=120, verbose_name='起草人')),
                ('publisher', models.CharField(max_length=64)),
                ('publisher_name', models.CharField(max_length=120, verbose_name='发布人')),
                ('published_at', models.DateTimeField(verbose_name='发布时间')),
                ('reason', models.CharField(max_length=500, verbose_name='发布说明')),
                ('draft', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='published', to='definitions.draft')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'pack', 'version'), name='published_version_once'), models.CheckConstraint(condition=models.Q(('publisher', models.F('author')), _negated=True), name='published_by_another')],
            },
        ),
        migrations.RunPython(put_guards_up, take_guards_down),
    ]
