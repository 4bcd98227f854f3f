{# The relation settings: how many months a history shows. #}
{% macro months_of_history(settings) %}settings as (
    select cast(coalesce(max(value), '13') as int) as months
    from {{ settings }}
    where name = 'statement_months'
){% endmacro %}
{# The relation seen: the rows of each statement and of the months before it that its history shows. #}
{% macro months_shown(rows, settings) %}{{ months_of_history(settings) }},

statements as (
    select distinct billing_month, receiver_id, billing_currency from {{ rows }}
),

seen as (
    select {{ rows }}.* except (billing_month), statements.billing_month, {{ rows }}.billing_month as history_month
    from statements
    cross join settings
    inner join {{ rows }}
        on {{ rows }}.receiver_id = statements.receiver_id and {{ rows }}.billing_currency <=> statements.billing_currency
        and {{ rows }}.billing_month between add_months(statements.billing_month, 1 - settings.months) and statements.billing_month
){% endmacro %}
{# The relations settings and splits: how many months a history shows, and the months whose cost telemetry split by use. #}
{% macro split_months(settings, splits) %}{{ months_of_history(settings) }},

splits as (
    select distinct usage_month as month
    from {{ splits }}
    where effective_cost is not null
){% endmacro %}
{# The history of the months before each statement, from the relations sums (month, receiver, currency, category and cost) and measured. The first
   categories are series of their own, the others one series: those for which the expression `first` is true, then the largest. The series of a
   month, in cents, sum to its rounded total. #}
{% macro history(most="5", first="false") %}{% import "macros/cents.sql" %}{% import "macros/comparable.sql" %}statements as (
    select distinct month as billing_month, receiver_id, billing_currency from sums
),

{{ begun("statements") }},

seen as (
    select statements.billing_month, sums.*, coalesce(sums.month >= comparable_since, true) as is_comparable
    from statements
    cross join settings
    left join begun
        on begun.billing_month = statements.billing_month
        and begun.receiver_id = statements.receiver_id and begun.billing_currency = statements.billing_currency
    inner join sums
        on sums.receiver_id = statements.receiver_id and sums.billing_currency = statements.billing_currency
        and sums.month between add_months(statements.billing_month, 1 - settings.months) and statements.billing_month
),

ranks as (
    select
        billing_month, receiver_id, billing_currency, category,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency order by {{ first }} desc, sum(abs(cost)) desc, category
        ) as series_rank
    from seen
    group by all
),

summed as (
    select
        seen.billing_month,
        seen.receiver_kind,
        seen.receiver_id,
        seen.billing_currency,
        seen.month as history_month,
        if(ranks.series_rank > {{ most }}, 'Other', coalesce(ranks.category, 'Other')) as series,
        cast(least(ranks.series_rank, {{ most }} + 1) - 1 as int) as position,
        sum(seen.cost) as cost,
        max(splits.month is not null) as is_split,
        is_comparable
    from seen
    inner join ranks
        on ranks.billing_month = seen.billing_month and ranks.receiver_id = seen.receiver_id
        and ranks.billing_currency = seen.billing_currency and ranks.category <=> seen.category
    left join splits on splits.month = seen.month
    group by all
),

shown as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, history_month, series, position as series_position,
        {{ cents_of("cost", "billing_month, receiver_id, billing_currency, history_month") }} as cost_shown, is_split,
        is_comparable
    from summed
){% endmacro %}
