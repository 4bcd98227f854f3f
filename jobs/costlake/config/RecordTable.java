package costlake.config;

import java.util.Locale;

/** A table of records. Each is the union of models of kinds of the family {@code records}. */
public enum RecordTable {
  /** Records with a start and an end, e.g. jobs of a scheduler. */
  INTERVALS("telemetry.intervals", "every_interval"),
  /** Attempts of runs, e.g. of a tracker of experiments. */
  RUNS("telemetry.tracked_runs", "every_run"),
  /** Requests to models, e.g. of a gateway. */
  REQUESTS("telemetry.requests", "every_request");

  private final String table;
  private final String call;

  RecordTable(String table, String call) {
    this.table = table;
    this.call = call;
  }

  /** Returns the key in {@code kind.yml} that names the model of a kind. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the name of the table. */
  public String table() {
    return table;
  }

  /** Returns the placeholder in the model of the table for the rows of all kinds. */
  public String placeholder() {
    return "{{ " + call + "() }}";
  }
}
