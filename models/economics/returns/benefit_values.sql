{# The value of a benefit: the stated value or else that of its units, times the share that is due to the model. #}
{% macro valued(stated, unit_value, share) %}product(if(value is null, product(quantity, {{ unit_value }}, 21), {{ stated }}), {{ share }}, 21){% endmacro %}
{% macro plain(number) %}format_number({{ number }}, '0.#########'){% endmacro %}
with benefits as (
    select * from {{ ref('telemetry.model_benefits') }}
),

assumptions as (
    select * from {{ source('reference.benefit_values') }}
),

-- an assumption for the model comes before one for all models
matched as (
    select
        benefits.*, assumptions.unit_value_low, assumptions.unit_value, assumptions.unit_value_high,
        assumptions.currency as unit_currency, assumptions.share_low, assumptions.share, assumptions.share_high,
        assumptions.assumption,
        row_number() over (
            partition by benefits.source_file, benefits.source_row order by assumptions.model_id is null, assumptions.unit_value
        ) as assumption_rank
    from benefits
    left join assumptions
        on benefits.kind = assumptions.kind and (assumptions.model_id is null or benefits.model_id = assumptions.model_id)
),

assumed as (
    select
        * except (unit_value_low, unit_value_high, share_low, share, share_high),
        coalesce(unit_value_low, unit_value) as unit_value_low, coalesce(unit_value_high, unit_value) as unit_value_high,
        coalesce(share_low, share, 1) as share_low, coalesce(share, 1) as share, coalesce(share_high, share, 1) as share_high
    from matched
    where assumption_rank = 1
)

select
    month,
    source_file,
    source_row,
    model_id,
    experiment_id,
    kind,
    quantity,
    if(value is null, unit_currency, currency) as currency,
    if(value is null, unit_value_low, null) as unit_value_low,
    if(value is null, unit_value, null) as unit_value,
    if(value is null, unit_value_high, null) as unit_value_high,
    cast(share_low as decimal(18, 9)) as share_low,
    cast(share as decimal(18, 9)) as share,
    cast(share_high as decimal(18, 9)) as share_high,
    assumption,
    {{ valued("coalesce(value_low, value)", "unit_value_low", "share_low") }} as value_low,
    {{ valued("value", "unit_value", "share") }} as value,
    {{ valued("coalesce(value_high, value)", "unit_value_high", "share_high") }} as value_high,
    if(value is null and unit_value is null, null, concat_ws(
        ', ',
        case
            when value is null then concat_ws(' ', kind, 'at', {{ plain("unit_value") }}, unit_currency, 'each')
            when kind = 'revenue' then 'revenue as the table states it'
            else concat(kind, ' at the value the table states')
        end,
        if(share = 1, null, concat({{ plain("100 * share") }}, ' % of it due to the model')),
        assumption
    )) as value_assumption
from assumed
