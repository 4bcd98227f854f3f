{% import "macros/arithmetic.sql" %}{% import "macros/attempts.sql" %}{% import "macros/lines.sql" %}with shown as (
    select billing_month, receiver_kind, receiver_id, billing_currency, run_id
    from {{ ref('reporting.statement_runs') }}
    where run_id is not null
),

attempts as (
    select
        attempts.run_id, attempts.attempt, attempts.status, attempts.started_at, attempts.ended_at,
        transform(times.times, time -> struct(
            time.from as from,
            if(times.produced_nothing, time.from, coalesce(
                get(filter(times.lost_times, lost -> lost.until = time.until), 0).from, time.until
            )) as lost_from,
            time.until as until
        )) as times
    from {{ ref('telemetry.run_attempts') }} as attempts
    inner join {{ ref('economics.attempt_times') }} as times on attempts.run_id = times.run_id and attempts.attempt = times.attempt
    where attempts.started_at is not null
),

stretches as (
    select
        run_id, attempt, status,
        explode(case
            when ended_at is null then array(struct(started_at as from, cast(null as timestamp) as until, 'running' as kind))
            when status is null then transform(times, time -> struct(time.from as from, time.until as until, 'unknown' as kind))
            else filter(flatten(transform(times, time -> array(
                struct(time.from as from, time.lost_from as until, 'kept' as kind),
                struct(time.lost_from as from, time.until as until, 'lost' as kind)
            ))), stretch -> stretch.from < stretch.until)
        end) as stretch
    from attempts
),

-- what still runs is drawn to the end of the month, or beyond if it started later
placed as (
    select
        shown.*, stretches.attempt, stretches.status, stretch.kind, stretch.from as begun_at,
        coalesce(
            stretch.until, greatest(cast(add_months(shown.billing_month, 1) as timestamp), stretch.from + interval 1 hour)
        ) as done_at,
        stretch.until is null as is_open
    from shown
    inner join stretches on shown.run_id = stretches.run_id
),

spanned as (
    select
        *,
        min(begun_at) over run as run_begun_at,
        max(done_at) over run as run_done_at,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency, run_id order by begun_at, attempt, done_at
        ) as stretch
    from placed
    window run as (
        partition by billing_month, receiver_id, billing_currency, run_id rows between unbounded preceding and unbounded following
    )
)

select
    {{ receiver() }},
    run_id,
    attempt,
    cast(stretch as int) as stretch,
    kind as stretch_kind,
    status,
    cast({{ divided(seconds_between("run_begun_at", "begun_at"), seconds_between("run_begun_at", "run_done_at"), 9) }} as decimal(18, 9)) as from_ratio,
    cast({{ divided(seconds_between("run_begun_at", "done_at"), seconds_between("run_begun_at", "run_done_at"), 9) }} as decimal(18, 9)) as until_ratio,
    if(is_open, null, {{ hours(seconds_between("begun_at", "done_at")) }}) as hours
from spanned
