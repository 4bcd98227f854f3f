with read as (
    select _source_id as source_id, _delivery_id as delivery_id, _billing_period as billing_period, count(*) as rows
    from {{ source('bronze.aws_cur') }}
    group by all
    union all
    select _source_id as source_id, _delivery_id as delivery_id, _billing_period as billing_period, count(*) as rows
    from {{ source('bronze.focus') }}
    group by all
)

select
    deliveries.source_id,
    deliveries.billing_period,
    deliveries.delivery_id,
    deliveries.rows as delivered_rows,
    deliveries.rejected_rows,
    coalesce(read.rows, 0) as read_rows
from {{ source('bronze.deliveries') }} as deliveries
left join read
    on deliveries.source_id = read.source_id
    and deliveries.delivery_id = read.delivery_id
    and deliveries.billing_period = read.billing_period
where deliveries.rows - deliveries.rejected_rows <> coalesce(read.rows, 0)
