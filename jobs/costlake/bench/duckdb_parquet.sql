-- Reads the bill from Parquet. Converts numbers to their shortest exact text, and maps that are only used as text to JSON.
create view bill as
select
    cast(columns(* exclude (product, resource_tags, cost_category, discount, bill_billing_period_start_date,
        bill_billing_period_end_date, line_item_usage_start_date, line_item_usage_end_date, filename)) as varchar),
    bill_billing_period_start_date, bill_billing_period_end_date, line_item_usage_start_date, line_item_usage_end_date,
    cast(to_json(resource_tags) as varchar) as resource_tags,
    cast(to_json(cost_category) as varchar) as cost_category,
    cast(to_json(discount) as varchar) as discount,
    product,
    filename as source_file,
    file_index + 1 as file_no,
    file_row_number + 1 as source_row
from read_parquet('{{files}}', filename = true, hive_partitioning = false);
