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
    cast(token_cost(rates, false, array(0, 1, 0)) as decimal(18, 9)) as cached_usd,
    output_usd,
    rates
from (
    select *, array(input_usd, cached_input_usd, output_usd, batch_factor, batch_cached_factor) as rates
    from {{ source('reference.token_prices') }}
)
window models as (partition by vendor, model rows between unbounded preceding and unbounded following)
