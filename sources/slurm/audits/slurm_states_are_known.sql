select _source_id as source_id, _source_file as source_file, _row as source_row, job_id, state, started_at, ended_at
from {{ ref('telemetry.slurm_records') }}
where left_out like 'has the unknown state %'
