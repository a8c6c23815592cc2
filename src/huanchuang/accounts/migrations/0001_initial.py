
import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import huanchuang.orm.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('role', models.CharField(choices=[('officer', '主管科室人员'), ('reporter', '单位填报员'), ('clerk', '企业经办人'), ('researcher', '科研人员'), ('manager', '技术经理人'), ('reviewer', '评审专家'), ('leader', '领导'), ('auditor', '审计人员'), ('administrator', '系统管理员')], max_length=20, verbose_name='角色')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='手机号')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示账户')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='须修改密码')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': '用户',
                'verbose_name_plural': '用户',
                'ordering': ['username'],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('subject_of', huanchuang.orm.fields.SubjectField(max_length=200, verbose_name='对象')),
                ('deed', models.CharField(blank=True, max_length=120, verbose_name='操作')),
                ('field_class', models.CharField(blank=True, choices=[('public', '公开'), ('matched', '对接双方可见'), ('owner', '权属方可见'), ('authority', '主管部门可见')], max_length=20, verbose_name='字段类别')),
                ('until', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                ('granted_by', models.CharField(max_length=120, verbose_name='授权人')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='撤销时间')),
                ('revoked_by', models.CharField(blank=True, max_length=120, verbose_name='撤销人')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
            ],
            options={
                'verbose_name': '授权',
                'verbose_name_plural': '授权',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['user', 'subject_of'], name='accounts_gr_user_id_267c7f_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deed', ''), _negated=True), models.Q(('field_class', ''), _negated=True), _connector='OR'), name='grant_of_something'), models.CheckConstraint(condition=models.Q(('subject_of', ''), _negated=True), name='grant_on_something')],
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('address', models.CharField(blank=True, max_length=64, verbose_name='网络地址')),
                ('device', models.CharField(blank=True, max_length=120, verbose_name='设备')),
                ('result', models.CharField(choices=[('ok', '成功'), ('wrong', '用户名或密码错误'), ('wrong_code', '验证码错误'), ('locked', '已锁定')], max_length=20, verbose_name='结果')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
            ],
            options={
                'verbose_name': '登录记录',
                'verbose_name_plural': '登录记录',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['user', '-id'], name='accounts_si_user_id_d49209_idx')],
            },
        ),
    ]
