import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('units', '0004_membership_counts'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('outcome', models.CharField(choices=[('done', '登录成功'), ('half', '密码对，等验证码'), ('password', '密码不对'), ('code', '验证码不对'), ('locked', '连续输错，锁着没有登录')], max_length=8)),
                ('browser', models.CharField(max_length=40)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'at'], name='units_signin_of_user')],
            },
        ),
    ]
