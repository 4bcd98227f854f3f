select _source_id as source_id, _source_file as source_file, _row as source_row, job_id, started_at, ended_at, correction
from {{ ref('telemetry.slurm_records') }}
where correction is not null and left_out is null
