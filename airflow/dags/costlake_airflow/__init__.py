"""What the DAGs of Costlake share: one operator, its sensor, the settings of every DAG."""
