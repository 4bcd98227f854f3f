select runs.*, families.parent_run_id, families.level
from {{ ref('economics.receiver_run_months') }} as runs
inner join {{ ref('economics.run_families') }} as families on runs.run_id = families.run_id
