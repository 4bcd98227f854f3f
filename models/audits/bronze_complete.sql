with read as (
    select source_id, delivery_id, billing_period, count(*) as rows
    from {{ source('bronze.billed') }}
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
