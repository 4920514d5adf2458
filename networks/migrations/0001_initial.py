import bwob.migrating
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        bwob.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Coordinator',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='since')),
                        ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coordinators', to='organisations.region', verbose_name='region or province')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coordinates', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ],
                    options={
                        'verbose_name': 'coordinator',
                        'verbose_name_plural': 'coordinators',
                        'ordering': ['region', 'user'],
                        'constraints': [models.UniqueConstraint(fields=('user', 'region'), name='coordinator_once_per_region')],
                    },
                ),
                migrations.CreateModel(
                    name='CoordinatorEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='since')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='networks.coordinator')),
                        ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.region', verbose_name='region or province')),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Network',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='moved at')),
                        ('state', models.CharField(choices=[('published', 'Published'), ('unconfirmed', 'To be confirmed'), ('stale', 'Not confirmed'), ('archived', 'Ended')], default='published', editable=False, max_length=20, verbose_name='state')),
                        ('slug', models.SlugField(editable=False, max_length=110, unique=True)),
                        ('name', models.CharField(max_length=150, verbose_name='name')),
                        ('sort_name', models.CharField(editable=False, max_length=200)),
                        ('kind', models.CharField(choices=[('mobility', 'Regional mobility network'), ('work_to_work', 'Work-to-work network'), ('alumni', 'Alumni network'), ('learning', 'Learning network'), ('alliance', 'Partnership of organisations')], max_length=20, verbose_name='kind')),
                        ('summary', models.CharField(help_text='What do you do together, and for whom?', max_length=300, verbose_name='in one or two sentences')),
                        ('text', models.TextField(blank=True, help_text='A line that begins with a dash becomes a list.', max_length=4000, verbose_name='what you do')),
                        ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('career', 'Career and mobility'), ('learning', 'Learning together'), ('digital', 'Digital work'), ('care', 'Care and social work'), ('space', 'Space and environment'), ('safety', 'Safety'), ('starters', 'Young staff and starters'), ('expertise', 'Sharing scarce expertise')], max_length=20), blank=True, default=list, verbose_name='themes')),
                        ('latitude', models.FloatField(help_text='Degrees, WGS84.', verbose_name='latitude')),
                        ('longitude', models.FloatField(help_text='Degrees, WGS84.', verbose_name='longitude')),
                        ('accepts_partners', models.BooleanField(default=True, verbose_name='welcomes new partners')),
                        ('website', models.URLField(blank=True, max_length=300, verbose_name='website')),
                        ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], default='nl', max_length=2, verbose_name='language')),
                        ('invited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='asked at')),
                        ('source', models.CharField(help_text='Where do we know this from?', max_length=200, verbose_name='source')),
                        ('starts_on', models.DateField(verbose_name='exists since')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='existed until')),
                        ('confirmed_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='last confirmed')),
                        ('due_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='due at')),
                        ('area', models.ManyToManyField(blank=True, related_name='served_by', to='organisations.place', verbose_name='working area')),
                        ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='networks', to=settings.AUTH_USER_MODEL, verbose_name='contact')),
                        ('invited', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='asked_for_networks', to=settings.AUTH_USER_MODEL, verbose_name='asked to be the contact')),
                        ('place', models.ForeignKey(help_text='Where the network has its centre.', on_delete=django.db.models.deletion.PROTECT, related_name='networks', to='organisations.place', verbose_name='municipality')),
                    ],
                    options={
                        'verbose_name': 'network',
                        'verbose_name_plural': 'networks',
                        'ordering': ['sort_name', 'pk'],
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['sort_name'], name='network_by_part_of_name', opclasses=['gin_trgm_ops']), models.Index(fields=['sort_name', 'id'], name='network_by_name')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='network_period', violation_error_code='ends_on', violation_error_message='The last day lies before the first.'), models.CheckConstraint(condition=models.Q(('latitude__range', (50.7, 53.6)), ('longitude__range', (3.3, 7.3))), name='network_inside_the_country', violation_error_code='latitude', violation_error_message='This lies outside the Netherlands.')],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(max_length=3000, verbose_name='your message')),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='sent at')),
                        ('sender', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sender')),
                        ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='networks.network', verbose_name='network')),
                    ],
                    options={
                        'verbose_name': 'message to a network',
                        'verbose_name_plural': 'messages to networks',
                        'ordering': ['-sent_at'],
                    },
                ),
                migrations.CreateModel(
                    name='NetworkEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='moved at')),
                        ('state', models.CharField(choices=[('published', 'Published'), ('unconfirmed', 'To be confirmed'), ('stale', 'Not confirmed'), ('archived', 'Ended')], default='published', editable=False, max_length=20, verbose_name='state')),
                        ('slug', models.SlugField(db_index=False, editable=False, max_length=110)),
                        ('name', models.CharField(max_length=150, verbose_name='name')),
                        ('kind', models.CharField(choices=[('mobility', 'Regional mobility network'), ('work_to_work', 'Work-to-work network'), ('alumni', 'Alumni network'), ('learning', 'Learning network'), ('alliance', 'Partnership of organisations')], max_length=20, verbose_name='kind')),
                        ('summary', models.CharField(help_text='What do you do together, and for whom?', max_length=300, verbose_name='in one or two sentences')),
                        ('text', models.TextField(blank=True, help_text='A line that begins with a dash becomes a list.', max_length=4000, verbose_name='what you do')),
                        ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('career', 'Career and mobility'), ('learning', 'Learning together'), ('digital', 'Digital work'), ('care', 'Care and social work'), ('space', 'Space and environment'), ('safety', 'Safety'), ('starters', 'Young staff and starters'), ('expertise', 'Sharing scarce expertise')], max_length=20), blank=True, default=list, verbose_name='themes')),
                        ('latitude', models.FloatField(help_text='Degrees, WGS84.', verbose_name='latitude')),
                        ('longitude', models.FloatField(help_text='Degrees, WGS84.', verbose_name='longitude')),
                        ('accepts_partners', models.BooleanField(default=True, verbose_name='welcomes new partners')),
                        ('website', models.URLField(blank=True, max_length=300, verbose_name='website')),
                        ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], default='nl', max_length=2, verbose_name='language')),
                        ('source', models.CharField(help_text='Where do we know this from?', max_length=200, verbose_name='source')),
                        ('starts_on', models.DateField(verbose_name='exists since')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='existed until')),
                        ('confirmed_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='last confirmed')),
                        ('due_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='due at')),
                        ('contact', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='contact')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='networks.network')),
                        ('place', models.ForeignKey(db_constraint=False, help_text='Where the network has its centre.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.place', verbose_name='municipality')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='NetworkFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uploaded at')),
                        ('name', models.CharField(max_length=200, verbose_name='file name')),
                        ('content', models.BinaryField(verbose_name='content')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'file of networks',
                        'verbose_name_plural': 'files of networks',
                    },
                ),
                migrations.CreateModel(
                    name='PartnerCall',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='moved at')),
                        ('state', models.CharField(choices=[('open', 'Open'), ('over', 'Waits for the outcome'), ('found', 'Partners found'), ('nobody', 'Nobody found'), ('withdrawn', 'Withdrawn'), ('untold', 'Outcome not told')], default='open', editable=False, max_length=10, verbose_name='state')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('title', models.CharField(help_text='A few words, such as “a joint summer school”.', max_length=120, verbose_name='who joins us for …')),
                        ('text', models.TextField(help_text='What do you bring, what do you ask, and what does it cost in time?', max_length=3000, verbose_name='what you want to do together')),
                        ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('career', 'Career and mobility'), ('learning', 'Learning together'), ('digital', 'Digital work'), ('care', 'Care and social work'), ('space', 'Space and environment'), ('safety', 'Safety'), ('starters', 'Young staff and starters'), ('expertise', 'Sharing scarce expertise')], max_length=20), blank=True, default=list, verbose_name='themes')),
                        ('closes_on', models.DateField(verbose_name='react until')),
                        ('outcome', models.TextField(blank=True, editable=False, max_length=1000, verbose_name='what came of it')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked at')),
                        ('due_at', models.DateTimeField(editable=False, null=True, verbose_name='due at')),
                        ('area', models.ManyToManyField(blank=True, related_name='+', to='organisations.place', verbose_name='where')),
                        ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='networks.network', verbose_name='network')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='partner_calls', to='organisations.organisation', verbose_name='organisation')),
                        ('written_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='partner_calls', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'partner call',
                        'verbose_name_plural': 'partner calls',
                        'ordering': ['-asked_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('network__isnull', False), ('organisation', None)), models.Q(('network', None), ('organisation__isnull', False)), _connector='OR'), name='call_of_one_asker')],
                    },
                ),
                migrations.CreateModel(
                    name='PartnerCallEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='moved at')),
                        ('state', models.CharField(choices=[('open', 'Open'), ('over', 'Waits for the outcome'), ('found', 'Partners found'), ('nobody', 'Nobody found'), ('withdrawn', 'Withdrawn'), ('untold', 'Outcome not told')], default='open', editable=False, max_length=10, verbose_name='state')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                        ('title', models.CharField(help_text='A few words, such as “a joint summer school”.', max_length=120, verbose_name='who joins us for …')),
                        ('text', models.TextField(help_text='What do you bring, what do you ask, and what does it cost in time?', max_length=3000, verbose_name='what you want to do together')),
                        ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('career', 'Career and mobility'), ('learning', 'Learning together'), ('digital', 'Digital work'), ('care', 'Care and social work'), ('space', 'Space and environment'), ('safety', 'Safety'), ('starters', 'Young staff and starters'), ('expertise', 'Sharing scarce expertise')], max_length=20), blank=True, default=list, verbose_name='themes')),
                        ('closes_on', models.DateField(verbose_name='react until')),
                        ('outcome', models.TextField(blank=True, editable=False, max_length=1000, verbose_name='what came of it')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked at')),
                        ('due_at', models.DateTimeField(editable=False, null=True, verbose_name='due at')),
                        ('network', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='networks.network', verbose_name='network')),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='organisation')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='networks.partnercall')),
                        ('written_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Partnership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(choices=[('member', 'takes part'), ('partner', 'works together'), ('part', 'is a part of it')], default='member', max_length=10, verbose_name='kind')),
                        ('confirmed_by_network_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the network')),
                        ('confirmed_by_partner_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the partner')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked at')),
                        ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='first day')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                        ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partnerships', to='networks.network', verbose_name='network')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='partnerships', to='organisations.organisation', verbose_name='organisation')),
                        ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='partnerships_of_others', to='networks.network', verbose_name='other network')),
                    ],
                    options={
                        'verbose_name': 'partnership',
                        'verbose_name_plural': 'partnerships',
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation', None), ('other__isnull', False)), models.Q(('organisation__isnull', False), ('other', None)), _connector='OR'), name='partnership_with_one_partner', violation_error_message='Choose an organisation or another network, not both.'), models.CheckConstraint(condition=models.Q(('other', None), models.Q(('other', models.F('network')), _negated=True), _connector='OR'), name='partnership_not_with_itself', violation_error_code='other', violation_error_message='A network cannot be tied to itself.'), models.CheckConstraint(condition=models.Q(('confirmed_by_network_at__isnull', False), ('confirmed_by_partner_at__isnull', False), _connector='OR'), name='partnership_said_by_one_side_at_least'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='partnership_period', violation_error_code='ends_on', violation_error_message='The last day lies before the first.'), models.UniqueConstraint(condition=models.Q(('ends_on', None), ('organisation__isnull', False)), fields=('network', 'organisation'), name='partnership_once_per_organisation', violation_error_code='organisation', violation_error_message='This tie exists already.'), models.UniqueConstraint(django.db.models.functions.comparison.Least('network', 'other'), django.db.models.functions.comparison.Greatest('network', 'other'), condition=models.Q(('ends_on', None), ('other__isnull', False)), name='partnership_once_per_pair', violation_error_code='other', violation_error_message='This tie exists already.')],
                    },
                ),
                migrations.CreateModel(
                    name='PartnershipEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                        ('kind', models.CharField(choices=[('member', 'takes part'), ('partner', 'works together'), ('part', 'is a part of it')], default='member', max_length=10, verbose_name='kind')),
                        ('confirmed_by_network_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the network')),
                        ('confirmed_by_partner_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the partner')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked at')),
                        ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='first day')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                        ('network', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='networks.network', verbose_name='network')),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='organisation')),
                        ('other', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='networks.network', verbose_name='other network')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='networks.partnership')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='moved at')),
                        ('state', models.CharField(choices=[('proposed', 'With the coordinator'), ('office', 'With the programme office'), ('accepted', 'Accepted'), ('adapted', 'Accepted with changes'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('lapsed', 'Lapsed')], default='proposed', editable=False, max_length=20, verbose_name='state')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('changes', models.JSONField(default=dict, verbose_name='changes')),
                        ('note', models.TextField(blank=True, help_text='For the coordinator. It does not become public.', max_length=1000, verbose_name='why')),
                        ('proposed_at', models.DateTimeField(auto_now_add=True, verbose_name='proposed at')),
                        ('due_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='due at')),
                        ('keep_until', models.DateField(blank=True, editable=False, null=True, verbose_name='kept until')),
                        ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='networks.network', verbose_name='network')),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.place', verbose_name='municipality')),
                        ('proposer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                    ],
                    options={
                        'verbose_name': 'proposal',
                        'verbose_name_plural': 'proposals',
                        'ordering': ['-proposed_at'],
                        'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='proposal_due')],
                    },
                ),
                migrations.CreateModel(
                    name='ProposalEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='moved at')),
                        ('state', models.CharField(choices=[('proposed', 'With the coordinator'), ('office', 'With the programme office'), ('accepted', 'Accepted'), ('adapted', 'Accepted with changes'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('lapsed', 'Lapsed')], default='proposed', editable=False, max_length=20, verbose_name='state')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                        ('changes', models.JSONField(default=dict, verbose_name='changes')),
                        ('note', models.TextField(blank=True, help_text='For the coordinator. It does not become public.', max_length=1000, verbose_name='why')),
                        ('proposed_at', models.DateTimeField(auto_now_add=True, verbose_name='proposed at')),
                        ('due_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='due at')),
                        ('keep_until', models.DateField(blank=True, editable=False, null=True, verbose_name='kept until')),
                        ('network', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='networks.network', verbose_name='network')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='networks.proposal')),
                        ('place', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.place', verbose_name='municipality')),
                        ('proposer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Reaction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='moved at')),
                        ('state', models.CharField(choices=[('sent', 'Waits for an answer'), ('joins', 'Joins in'), ('declined', 'Not this time'), ('withdrawn', 'Withdrawn'), ('unanswered', 'Not answered before the call ended')], default='sent', editable=False, max_length=10, verbose_name='state')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('text', models.TextField(help_text='Only the side that asks reads this, with your name, employer and work address.', max_length=1500, verbose_name='why you want to join')),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='sent at')),
                        ('keep_until', models.DateField(editable=False, null=True, verbose_name='kept until')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='networks.partnercall', verbose_name='call')),
                        ('network', models.ForeignKey(blank=True, help_text='Leave it open if you write for your employer.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='networks.network', verbose_name='for this network')),
                        ('organisation', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='employer')),
                    ],
                    options={
                        'verbose_name': 'reaction to a call',
                        'verbose_name_plural': 'reactions to calls',
                        'ordering': ['sent_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('call', 'author'), name='reaction_once_per_call', violation_error_message='You have reacted to this call already.')],
                    },
                ),
                migrations.CreateModel(
                    name='ReactionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='moved at')),
                        ('state', models.CharField(choices=[('sent', 'Waits for an answer'), ('joins', 'Joins in'), ('declined', 'Not this time'), ('withdrawn', 'Withdrawn'), ('unanswered', 'Not answered before the call ended')], default='sent', editable=False, max_length=10, verbose_name='state')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                        ('text', models.TextField(help_text='Only the side that asks reads this, with your name, employer and work address.', max_length=1500, verbose_name='why you want to join')),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='sent at')),
                        ('keep_until', models.DateField(editable=False, null=True, verbose_name='kept until')),
                        ('author', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                        ('call', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='networks.partnercall', verbose_name='call')),
                        ('network', models.ForeignKey(blank=True, db_constraint=False, help_text='Leave it open if you write for your employer.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='networks.network', verbose_name='for this network')),
                        ('organisation', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation', verbose_name='employer')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='networks.reaction')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Subscription',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('query', models.CharField(blank=True, editable=False, max_length=1000, verbose_name='selection')),
                        ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], default='nl', max_length=2, verbose_name='language')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked at')),
                        ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='confirmed at')),
                        ('told_until', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='told until')),
                        ('mailed_on', models.DateField(editable=False, null=True, verbose_name='last mail')),
                    ],
                    options={
                        'verbose_name': 'subscription to an area',
                        'verbose_name_plural': 'subscriptions to areas',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('email', 'query'), name='subscription_once')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='coordinator',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_coordinatorevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "since", "user_id") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."region_id", NEW."since", NEW."user_id"); RETURN NULL;', hash='6a4a6e3601b992ca364f1ee37e23b8b71adcb1e6', operation='INSERT', pgid='pgtrigger_insert_insert_dd8a3', table='networks_coordinator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='coordinator',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "networks_coordinatorevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "since", "user_id") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."region_id", NEW."since", NEW."user_id"); RETURN NULL;', hash='55639212942d0b25c0ed65109fc62ceda8f91baf', operation='UPDATE', pgid='pgtrigger_update_update_59805', table='networks_coordinator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='coordinator',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_coordinatorevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "since", "user_id") VALUES (OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."region_id", OLD."since", OLD."user_id"); RETURN NULL;', hash='bbfc6111591228e67bdf3a80b5fbd8c5d9a06568', operation='DELETE', pgid='pgtrigger_delete_delete_adae1', table='networks_coordinator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='coordinatorevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='563e4031fea754753990fc163416ce3c0e7b66ca', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_874dc', table='networks_coordinatorevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='network',
                    trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{published:archived,published:unconfirmed,stale:archived,stale:published,unconfirmed:archived,unconfirmed:published,unconfirmed:stale}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='ea63c6b80400dfcb5a4ba908b4943a9e882eddcd', operation='UPDATE', pgid='pgtrigger_moves_a3258', table='networks_network', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='network',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_networkevent" ("accepts_partners", "confirmed_on", "contact_id", "due_at", "ends_on", "id", "kind", "language", "latitude", "longitude", "moved_at", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "slug", "source", "starts_on", "state", "summary", "text", "themes", "website") VALUES (NEW."accepts_partners", NEW."confirmed_on", NEW."contact_id", NEW."due_at", NEW."ends_on", NEW."id", NEW."kind", NEW."language", NEW."latitude", NEW."longitude", NEW."moved_at", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_id", NEW."slug", NEW."source", NEW."starts_on", NEW."state", NEW."summary", NEW."text", NEW."themes", NEW."website"); RETURN NULL;', hash='d48f952a3e5a9ab7304cacba9f461e028fa25cde', operation='INSERT', pgid='pgtrigger_insert_insert_18ce1', table='networks_network', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='network',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accepts_partners" IS DISTINCT FROM (NEW."accepts_partners") OR OLD."confirmed_on" IS DISTINCT FROM (NEW."confirmed_on") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."latitude" IS DISTINCT FROM (NEW."latitude") OR OLD."longitude" IS DISTINCT FROM (NEW."longitude") OR OLD."moved_at" IS DISTINCT FROM (NEW."moved_at") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."place_id" IS DISTINCT FROM (NEW."place_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."themes" IS DISTINCT FROM (NEW."themes") OR OLD."website" IS DISTINCT FROM (NEW."website"))', func='INSERT INTO "networks_networkevent" ("accepts_partners", "confirmed_on", "contact_id", "due_at", "ends_on", "id", "kind", "language", "latitude", "longitude", "moved_at", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "slug", "source", "starts_on", "state", "summary", "text", "themes", "website") VALUES (NEW."accepts_partners", NEW."confirmed_on", NEW."contact_id", NEW."due_at", NEW."ends_on", NEW."id", NEW."kind", NEW."language", NEW."latitude", NEW."longitude", NEW."moved_at", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."slug", NEW."source", NEW."starts_on", NEW."state", NEW."summary", NEW."text", NEW."themes", NEW."website"); RETURN NULL;', hash='52ead1c6d8b9013562caecc5cfa2a46dd7e19c10', operation='UPDATE', pgid='pgtrigger_update_update_d086d', table='networks_network', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='network',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_networkevent" ("accepts_partners", "confirmed_on", "contact_id", "due_at", "ends_on", "id", "kind", "language", "latitude", "longitude", "moved_at", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "slug", "source", "starts_on", "state", "summary", "text", "themes", "website") VALUES (OLD."accepts_partners", OLD."confirmed_on", OLD."contact_id", OLD."due_at", OLD."ends_on", OLD."id", OLD."kind", OLD."language", OLD."latitude", OLD."longitude", OLD."moved_at", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_id", OLD."slug", OLD."source", OLD."starts_on", OLD."state", OLD."summary", OLD."text", OLD."themes", OLD."website"); RETURN NULL;', hash='89e5b6422bcfb025f157f5a490b4e9fd875fe936', operation='DELETE', pgid='pgtrigger_delete_delete_a2393', table='networks_network', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='networkevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bdf0c5d19c6294fb61b6b66df914a1cee887cb0b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d5289', table='networks_networkevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnercall',
                    trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:found,open:nobody,open:over,open:withdrawn,over:found,over:nobody,over:untold}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='6f5944a24b2938db39427b864aa8e681d9039f47', operation='UPDATE', pgid='pgtrigger_moves_1b7d5', table='networks_partnercall', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnercall',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_partnercallevent" ("asked_at", "closes_on", "due_at", "id", "key", "moved_at", "network_id", "organisation_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text", "themes", "title", "written_by_id") VALUES (NEW."asked_at", NEW."closes_on", NEW."due_at", NEW."id", NEW."key", NEW."moved_at", NEW."network_id", NEW."organisation_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."state", NEW."text", NEW."themes", NEW."title", NEW."written_by_id"); RETURN NULL;', hash='6718b4d51f8cd8395dc7325db7ca6bd7da36874e', operation='INSERT', pgid='pgtrigger_insert_insert_6ccec', table='networks_partnercall', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnercall',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "networks_partnercallevent" ("asked_at", "closes_on", "due_at", "id", "key", "moved_at", "network_id", "organisation_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text", "themes", "title", "written_by_id") VALUES (NEW."asked_at", NEW."closes_on", NEW."due_at", NEW."id", NEW."key", NEW."moved_at", NEW."network_id", NEW."organisation_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."state", NEW."text", NEW."themes", NEW."title", NEW."written_by_id"); RETURN NULL;', hash='ef3145415504dd3aa02cd054aa385a082c9131a1', operation='UPDATE', pgid='pgtrigger_update_update_f6b27', table='networks_partnercall', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnercall',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_partnercallevent" ("asked_at", "closes_on", "due_at", "id", "key", "moved_at", "network_id", "organisation_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text", "themes", "title", "written_by_id") VALUES (OLD."asked_at", OLD."closes_on", OLD."due_at", OLD."id", OLD."key", OLD."moved_at", OLD."network_id", OLD."organisation_id", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."state", OLD."text", OLD."themes", OLD."title", OLD."written_by_id"); RETURN NULL;', hash='88208898aafaad1232f95b2aa0785a4a4fec0228', operation='DELETE', pgid='pgtrigger_delete_delete_0c455', table='networks_partnercall', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnercallevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='751c8d7bd44ca303a33b0236cf4708f41e2e646b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_84820', table='networks_partnercallevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnership',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_partnershipevent" ("asked_at", "confirmed_by_network_at", "confirmed_by_partner_at", "ends_on", "id", "key", "kind", "network_id", "organisation_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."asked_at", NEW."confirmed_by_network_at", NEW."confirmed_by_partner_at", NEW."ends_on", NEW."id", NEW."key", NEW."kind", NEW."network_id", NEW."organisation_id", NEW."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;', hash='35dfe52913f39ed611a373af1a94f8c291bf33be', operation='INSERT', pgid='pgtrigger_insert_insert_e7085', table='networks_partnership', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnership',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "networks_partnershipevent" ("asked_at", "confirmed_by_network_at", "confirmed_by_partner_at", "ends_on", "id", "key", "kind", "network_id", "organisation_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."asked_at", NEW."confirmed_by_network_at", NEW."confirmed_by_partner_at", NEW."ends_on", NEW."id", NEW."key", NEW."kind", NEW."network_id", NEW."organisation_id", NEW."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;', hash='55bca594e4fa63030ed05213a6047c4faf6d13f2', operation='UPDATE', pgid='pgtrigger_update_update_be412', table='networks_partnership', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnership',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_partnershipevent" ("asked_at", "confirmed_by_network_at", "confirmed_by_partner_at", "ends_on", "id", "key", "kind", "network_id", "organisation_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (OLD."asked_at", OLD."confirmed_by_network_at", OLD."confirmed_by_partner_at", OLD."ends_on", OLD."id", OLD."key", OLD."kind", OLD."network_id", OLD."organisation_id", OLD."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_on"); RETURN NULL;', hash='8c8192bf51e12247d34f068ceb517bc946700509', operation='DELETE', pgid='pgtrigger_delete_delete_3d569', table='networks_partnership', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnershipevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ed9f6a0a56b48a17dedea7c863adec0a8919904a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cf70a', table='networks_partnershipevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='proposal',
                    trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{office:accepted,office:adapted,office:lapsed,office:rejected,office:withdrawn,proposed:accepted,proposed:adapted,proposed:office,proposed:rejected,proposed:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='68200189ed8901c6f3e2a0575d1a7eccfd2db83d', operation='UPDATE', pgid='pgtrigger_moves_de9af', table='networks_proposal', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='proposal',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_proposalevent" ("changes", "due_at", "id", "keep_until", "key", "moved_at", "network_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proposed_at", "proposer_id", "state") VALUES (NEW."changes", NEW."due_at", NEW."id", NEW."keep_until", NEW."key", NEW."moved_at", NEW."network_id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_id", NEW."proposed_at", NEW."proposer_id", NEW."state"); RETURN NULL;', hash='2cd144f6794da2369fc5cecb1d6d2c8ebda74131', operation='INSERT', pgid='pgtrigger_insert_insert_855bf', table='networks_proposal', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='proposal',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "networks_proposalevent" ("changes", "due_at", "id", "keep_until", "key", "moved_at", "network_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proposed_at", "proposer_id", "state") VALUES (NEW."changes", NEW."due_at", NEW."id", NEW."keep_until", NEW."key", NEW."moved_at", NEW."network_id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."proposed_at", NEW."proposer_id", NEW."state"); RETURN NULL;', hash='462dfa325af3c3282e00f6403966f1ecc51e6359', operation='UPDATE', pgid='pgtrigger_update_update_ecabb', table='networks_proposal', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='proposal',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_proposalevent" ("changes", "due_at", "id", "keep_until", "key", "moved_at", "network_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proposed_at", "proposer_id", "state") VALUES (OLD."changes", OLD."due_at", OLD."id", OLD."keep_until", OLD."key", OLD."moved_at", OLD."network_id", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_id", OLD."proposed_at", OLD."proposer_id", OLD."state"); RETURN NULL;', hash='762532527c42bc3bd526a988795af7f206d9d213', operation='DELETE', pgid='pgtrigger_delete_delete_ec281', table='networks_proposal', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='proposalevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cfd3767d38c3e3128307541a1c510cdd3f43c1a0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_31c3f', table='networks_proposalevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='reaction',
                    trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{sent:declined,sent:joins,sent:unanswered,sent:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='786f9c453f93669e4f5c4b1b7a14d4cc50d201e9', operation='UPDATE', pgid='pgtrigger_moves_bda3d', table='networks_reaction', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='reaction',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_reactionevent" ("author_id", "call_id", "id", "keep_until", "key", "moved_at", "network_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "text") VALUES (NEW."author_id", NEW."call_id", NEW."id", NEW."keep_until", NEW."key", NEW."moved_at", NEW."network_id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."state", NEW."text"); RETURN NULL;', hash='8de480dd52715c41349f2870b4de6e38395d750c', operation='INSERT', pgid='pgtrigger_insert_insert_e7ab4', table='networks_reaction', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='reaction',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "networks_reactionevent" ("author_id", "call_id", "id", "keep_until", "key", "moved_at", "network_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "text") VALUES (NEW."author_id", NEW."call_id", NEW."id", NEW."keep_until", NEW."key", NEW."moved_at", NEW."network_id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sent_at", NEW."state", NEW."text"); RETURN NULL;', hash='50879c7b89270714a9e2370c69e45e233d0781ef', operation='UPDATE', pgid='pgtrigger_update_update_98bcb', table='networks_reaction', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='reaction',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "networks_reactionevent" ("author_id", "call_id", "id", "keep_until", "key", "moved_at", "network_id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "text") VALUES (OLD."author_id", OLD."call_id", OLD."id", OLD."keep_until", OLD."key", OLD."moved_at", OLD."network_id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sent_at", OLD."state", OLD."text"); RETURN NULL;', hash='3aaeda8ae3e4f46437b1b5ad4c2c993fc3e14046', operation='DELETE', pgid='pgtrigger_delete_delete_0c0e3', table='networks_reaction', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='reactionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='78194047a3c111910303efa96aba81ecf05492cd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_53675', table='networks_reactionevent', when='BEFORE')),
                ),
            ],
        ),
    ]
