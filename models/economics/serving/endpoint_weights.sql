{% import "macros/tokens.sql" %}with traffic as (
    select * from {{ ref('economics.endpoint_traffic') }}
),

months as (
    select distinct usage_month, endpoint_id from traffic
),

-- the peer of the model with most tokens
peers as (
    select
        traffic.usage_month, traffic.endpoint_id,
        max(struct(plus(coalesce(input_tokens, 0), coalesce(output_tokens, 0)) as tokens, peers.vendor, peers.vendor_model)) as peer
    from traffic
    inner join {{ ref('economics.model_peers') }} as peers
        on traffic.usage_month = peers.usage_month and traffic.model_id <=> peers.model_id
    group by all
),

-- of prices by time of day or length of context, the first
prices as (
    select
        peers.usage_month, peers.endpoint_id,
        min(struct(above, daily_from, input_usd, cached_usd, output_usd)) as usd
    from peers
    inner join {{ ref('economics.dated_prices') }} as prices
        on peer.vendor = prices.vendor and peer.vendor_model = prices.vendor_model and {{ is_in_force("cast(usage_month as timestamp)", "array(null, null)") }}
    group by all
),

earlier as (
    select
        months.usage_month, months.endpoint_id, sum(timed_uncached_tokens) as uncached_tokens,
        sum(timed_cached_tokens) as cached_tokens, sum(timed_output_tokens) as output_tokens, sum(prefill_s) as prefill_s,
        sum(decode_s) as decode_s
    from months
    inner join {{ ref('economics.endpoint_rates') }} as rates
        on months.endpoint_id = rates.endpoint_id
        and rates.usage_month between add_months(months.usage_month, -12) and add_months(months.usage_month, -1)
    group by all
),

defaults as (
    select
        max(if(tokens = 'output', weight, null)) as output_default, max(if(tokens = 'cached_input', weight, null)) as cached_default
    from {{ source('reference.token_weights') }}
),

cached as (
    select
        months.*, defaults.output_default, earlier.* except (usage_month, endpoint_id), stated.output_weight as stated,
        quotient(usd.output_usd, usd.input_usd, 9) as priced,
        cast(coalesce(stated.cached_weight, quotient(usd.cached_usd, usd.input_usd, 9), cached_default) as decimal(18, 9)) as cached_weight,
        case
            when stated.cached_weight is not null then 'stated'
            when usd.input_usd > 0 then 'vendor_prices'
            else 'default'
        end as cached_weight_by
    from months
    cross join defaults
    left join earlier on months.usage_month = earlier.usage_month and months.endpoint_id = earlier.endpoint_id
    left join prices on months.usage_month = prices.usage_month and months.endpoint_id = prices.endpoint_id
    left join {{ source('conf.endpoints') }} as stated on months.endpoint_id = stated.endpoint_id
),

-- seconds of an output token / seconds of an input token
measured as (
    select
        *,
        quotient(
            product(decode_s, {{ weighted_input("uncached_tokens", "cached_tokens", "cached_weight") }}, 9),
            product(prefill_s, output_tokens, 9), 9
        ) as timed
    from cached
)

select
    usage_month,
    endpoint_id,
    cast(coalesce(stated, timed, priced, output_default) as decimal(18, 9)) as output_weight,
    case
        when stated is not null then 'stated'
        when timed is not null then 'earlier_seconds'
        when priced is not null then 'vendor_prices'
        else 'default'
    end as output_weight_by,
    cached_weight,
    cached_weight_by
from measured
