-- Reads the bill from CSV. Keeps text unchanged; parses times and the product map.
create view bill as
select
    * exclude (product, bill_billing_period_start_date, bill_billing_period_end_date, line_item_usage_start_date,
        line_item_usage_end_date, filename),
    cast(bill_billing_period_start_date as timestamptz) as bill_billing_period_start_date,
    cast(bill_billing_period_end_date as timestamptz) as bill_billing_period_end_date,
    cast(line_item_usage_start_date as timestamptz) as line_item_usage_start_date,
    cast(line_item_usage_end_date as timestamptz) as line_item_usage_end_date,
    from_json(product, '"MAP(VARCHAR, VARCHAR)"') as product,
    filename as source_file
from (
    {{files}}
);
