select
    vendor,
    model as vendor_model,
    valid_from,
    valid_to,
    if(count(*) over models = count(valid_from) over models, min(valid_from) over models, null) as first_day,
    daily_from,
    daily_to,
    cast(coalesce(context_above, 0) as decimal(12, 0)) as above,
    cast(lead(context_above) over (
        partition by vendor, model, valid_from, valid_to, daily_from, daily_to
        order by coalesce(context_above, 0)
        rows between 1 following and 1 following
    ) as decimal(12, 0)) as next_above,
    input_usd,
    coalesce(cached_input_usd, input_usd) as cached_usd,
    output_usd,
    coalesce(batch_factor, 1) as factor,
    case
        when cached_input_usd is null then input_usd * coalesce(batch_factor, 1)
        when batch_factor is null then cached_input_usd
        when batch_cached_factor is null then input_usd * batch_factor
        else cached_input_usd * batch_cached_factor
    end as batch_cached_usd
from {{ source('reference.token_prices') }}
window models as (partition by vendor, model rows between unbounded preceding and unbounded following)
