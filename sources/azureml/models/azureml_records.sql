{% import "macros/last_values.sql" %}{% import "macros/runs.sql" %}
-- the API has in properties what the CLI has in columns of its own
with described as (
    select
        *,
        regexp_replace(id, '^azureml:', '') as resource_id,
        from_json(
            properties,
            'status string, displayName string, experimentName string, parentJobName string, computeId string, jobType string,
             StartTimeUtc string, EndTimeUtc string, resources struct<instanceCount: string, instanceType: string>'
        ) as api,
        from_json(coalesce(creation_context, system_data), 'map<string, string>') as creation,
        from_json(resources, 'instance_count string, instance_type string') as wanted
    from {{ source('bronze.azureml_resources') }}
),

named as (
    select
        *,
        case
            when resource_id rlike '(?i)/jobs/[^/]+$' then 'job'
            when resource_id rlike '(?i)/deployments/[^/]+$' then 'deployment'
            when resource_id rlike '(?i)/(online|batch|serverless)Endpoints/[^/]+$' then 'endpoint'
            when resource_id rlike '(?i)/computes/[^/]+$' then 'compute'
        end as record_kind,
        regexp_extract(resource_id, '([^/]+)$', 1) as own_name,
        regexp_replace(created_on, '([+-][0-9]{2})([0-9]{2})$', '$1:$2') as built_on,
        regexp_extract(resource_id, '(?i)^(.*/workspaces/[^/]+)/', 1) as workspace,
        regexp_extract(coalesce(compute, api.computeId), '([^/:]+)$', 1) as compute_name,
        coalesce(status, state, provisioning_state, api.status) as delivered_status
    from described
),

-- of a run that several deliveries have, the newest counts
newest as (
    select _source_id, run_id, max(struct(_billing_period, end_time_utc, status, start_time_utc, parent_run_id, compute)) as run
    from {{ source('bronze.azureml_runs') }}
    group by all
),

history as (
    select *, from_json(run.compute, 'vmSize string, instanceCount string, priority string') as machines
    from newest
),

computes as (
    select _source_id, workspace, own_name, max(size) as size, max(tier) as tier
    from named
    where record_kind = 'compute'
    group by all
),

joined as (
    select
        named.*,
        run,
        machines,
        coalesce(machines.priority, computes.tier) as priority,
        coalesce(machines.vmSize, wanted.instance_type, api.resources.instanceType, instance_type, named.size, computes.size) as machine_size,
        if(record_kind = 'job', coalesce(run.status, delivered_status), delivered_status) as last_status
    from named
    left join history on named._source_id = history._source_id and record_kind = 'job' and own_name = history.run_id
    left join computes
        on named._source_id = computes._source_id and record_kind = 'job' and named.workspace = computes.workspace
        and compute_name = computes.own_name
)

select
    _source_id as source_id,
    _billing_period as delivered_for,
    _source_file as source_file,
    _row as source_row,
    record_kind,
    resource_id,
    coalesce(display_name, api.displayName, name, own_name) as record_name,
    lower(coalesce(api.jobType, type)) as record_type,
    nullif(regexp_replace(workspace, '(?i)^/subscriptions/([^/]+)/resourceGroups/([^/]+)/.*/([^/]+)$', '$1/$2/$3'), '') as cluster_id,
    last_status as delivered_status,
    statuses.status,
    try_to_timestamp(coalesce(creation['created_at'], creation['createdAt'], built_on)) as created_at,
    to_timestamp(observed_at) as observed_at,
    try_to_timestamp(if(
        record_kind = 'job', coalesce(run.start_time_utc, api.StartTimeUtc),
        coalesce(creation['last_modified_at'], creation['lastModifiedAt'], creation['created_at'], creation['createdAt'], built_on)
    )) as started_at,
    if(record_kind = 'job', try_to_timestamp(coalesce(run.end_time_utc, api.EndTimeUtc)), null) as ended_at,
    regexp_replace(resource_id, '[^/]+$', coalesce(run.parent_run_id, parent_job_name, api.parentJobName)) as parent_id,
    coalesce(experiment_name, api.experimentName) as experiment_name,
    coalesce(creation['created_by'], creation['createdBy']) as user_id,
    replace(lower(priority), '_', '') = 'lowpriority' as is_spot,
    lower(machine_size) as size,
    -- above 999,999, the number is a mistake and unknown
    cast(
        try_cast(to_money(coalesce(machines.instanceCount, wanted.instance_count, api.resources.instanceCount, instance_count)) as decimal(9, 3))
        as decimal(18, 3)
    ) as instances,
    coalesce(endpoint_name, nullif(regexp_extract(resource_id, '(?i)/[a-z]+Endpoints/([^/]+)', 1), '')) as endpoint_name,
    {{ last_values("entries") }} as labels
from joined
left join {{ source('reference.run_statuses') }} as statuses on {{ status_word("last_status") }} = statuses.word
lateral view explode(array(concat(coalesce(map_entries(from_json(tags, 'map<string, string>')), array()), map_entries(map(
    'status', last_status,
    'type', lower(coalesce(api.jobType, type)),
    'instance_type', lower(machine_size),
    'compute', if(compute_name <> '', compute_name, null)
))))) as entries
