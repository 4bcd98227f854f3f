"""The code that the DAGs of Costlake share: an operator, a sensor, and the settings of a DAG."""
