"""Both tables of the trail, and the triggers that refuse change and removal to everybody who uses SQL."""

from django.db import migrations, models


TABLES = ("audit_entry", "audit_seal")
"""Tables whose rows are added, never changed or removed."""

MESSAGE = "audit rows are appended only"


def guard_statements(vendor):
    """SQL that puts the guards up on this kind of database."""
    return {"sqlite": _sqlite_guards, "postgresql": _postgresql_guards}[vendor]()


def unguard_statements(vendor):
    """SQL that takes the guards down: for tests that empty the tables, and for going back a migration."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{deed}" for table in TABLES for deed in ("update", "delete")]
    rows = [f"DROP TRIGGER IF EXISTS {table}_rows ON {table}" for table in TABLES]
    whole = [f"DROP TRIGGER IF EXISTS {table}_whole ON {table}" for table in TABLES]
    return [*rows, *whole, "DROP FUNCTION IF EXISTS audit_refuse()"]


def _sqlite_guards():
    return [
        f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for table in TABLES
        for deed in ("update", "delete")
    ]


def _postgresql_guards():
    function = (
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    rows = [
        f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        for table in TABLES
    ]
    whole = [
        f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        for table in TABLES
    ]
    return [function, *rows, *whole]


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
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='时间')),
                ('kind', models.CharField(choices=[('write', '写入'), ('look', '查看个人信息'), ('bulk', '批量写入')], default='write', max_length=10, verbose_name='类别')),
                ('actor_id', models.CharField(db_index=True, max_length=64, verbose_name='操作人编号')),
                ('actor_name', models.CharField(max_length=120, verbose_name='操作人')),
                ('address', models.CharField(blank=True, max_length=64, verbose_name='网络地址')),
                ('purpose', models.CharField(blank=True, max_length=300, verbose_name='用途')),
                ('verb', models.CharField(db_index=True, max_length=120, verbose_name='操作')),
                ('subject', models.CharField(db_index=True, max_length=200, verbose_name='对象')),
                ('before', models.TextField(blank=True, verbose_name='之前')),
                ('after', models.TextField(blank=True, verbose_name='之后')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
            ],
            options={
                'verbose_name': '审计记录',
                'verbose_name_plural': '审计记录',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(unique=True, verbose_name='序号')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('first_entry', models.BigIntegerField(verbose_name='首条')),
                ('last_entry', models.BigIntegerField(unique=True, verbose_name='末条')),
                ('count', models.PositiveIntegerField(verbose_name='条数')),
                ('previous', models.CharField(max_length=64, unique=True, verbose_name='上一封印')),
                ('head', models.CharField(max_length=64, unique=True, verbose_name='封印')),
            ],
            options={
                'verbose_name': '封印',
                'verbose_name_plural': '封印',
                'ordering': ['number'],
            },
        ),
        migrations.RunPython(put_guards_up, take_guards_down),
    ]
