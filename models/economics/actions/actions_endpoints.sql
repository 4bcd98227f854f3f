{% import "macros/arithmetic.sql" %}with compared as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, endpoint_id, max(api_model) as api_model,
        sum(tokens) as tokens, sum(cost) as cost, sum(api_cost) as api_cost
    from {{ ref('economics.receiver_inference') }}
    where cost is not null and api_cost is not null and endpoint_id is not null and billing_currency is not null
    group by all
),

-- who pays most of an endpoint runs it
owners as (
    select billing_month, billing_currency, endpoint_id, max(struct(cost, receiver_id)).receiver_id as owner_id
    from compared
    where receiver_kind = 'team'
    group by all
),

sides as (
    select
        compared.*, owner_id,
        explode(array(
            named_struct('part', endpoint_id, 'tokens', tokens, 'whole', cost, 'saved', cost),
            named_struct('part', api_model, 'tokens', 0, 'whole', 0, 'saved', -api_cost)
        )) as side
    from compared
    inner join owners using (billing_month, billing_currency, endpoint_id)
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    'dear_endpoint' as action,
    endpoint_id as subject_id,
    owner_id,
    endpoint_id as item_id,
    endpoint_id as item_name,
    api_model as compared_with,
    side.part as part,
    {{ divided("side.tokens", 1000000, 9) }} as quantity,
    cast(side.whole as decimal(38,21)) as whole_cost,
    cast(side.saved as decimal(38,21)) as saved
from sides
