{% import "macros/lines.sql" %}select
    {{ receiver() }},
    model_id,
    history_month,
    cast(round(training_to_date, 2) as decimal(38, 2)) as training_to_date_shown,
    cast(round(inference_to_date, 2) as decimal(38, 2)) as inference_to_date_shown
from {{ ref('economics.receiver_life_months') }}
