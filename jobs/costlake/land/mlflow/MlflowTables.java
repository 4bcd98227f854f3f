package costlake.land.mlflow;

import costlake.core.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the runs from MLflow's tables, in one transaction, so that all rows are of one moment. The
 * queries of runs and of what belongs to them have the same order, so they are read side by side.
 */
final class MlflowTables implements MlflowStore {
  private static final int ROWS_AT_ONCE = 1000;

  private static final String RUNS =
      """
      select
          r.run_uuid, r.name, r.user_id, r.status, r.lifecycle_stage, r.start_time, r.end_time,
          r.artifact_uri, r.experiment_id, e.name as experiment_name
      from runs r
      left join experiments e on e.experiment_id = r.experiment_id
      order by r.run_uuid
      """;

  private static final String METRICS =
      """
      select o.run_uuid, o.key, o.value, o.is_nan
      from latest_metrics o
      join runs r on r.run_uuid = o.run_uuid
      order by r.run_uuid
      """;

  private static final String TEXTS =
      """
      select o.run_uuid, o.key, o.value
      from %s o
      join runs r on r.run_uuid = o.run_uuid
      order by r.run_uuid
      """;

  private static final String CHECKPOINTS =
      """
      select o.run_uuid, o.timestamp
      from metrics o
      join runs r on r.run_uuid = o.run_uuid
      where o.key = ?
      order by r.run_uuid
      """;

  /** MLflow keeps a deleted version, in a stage that its API does not show. */
  private static final String VERSIONS =
      """
      select name, version, run_id, creation_time
      from model_versions
      where current_stage is null or current_stage <> 'Deleted_Internal'
      order by name, version
      """;

  private final Database database;
  private final Optional<String> checkpointMetric;

  /** A database that can be opened. */
  interface Database {
    /** Opens the database for one transaction that reads. */
    Connection open() throws SQLException;

    /** Explains why it cannot be read. */
    Failure unreadable(SQLException cause);
  }

  /**
   * @param columns the configured columns of the source
   */
  MlflowTables(Database database, Map<String, String> columns) {
    this.database = database;
    this.checkpointMetric = CheckpointMetric.of(columns);
  }

  @Override
  public void read(RunRows rows) {
    try (Connection connection = database.open()) {
      runs(connection, rows);
      versions(connection, rows);
      connection.rollback();
    } catch (SQLException e) {
      throw database.unreadable(e);
    }
  }

  @Override
  public void reach() {
    try (Connection connection = database.open();
        Statement statement = connection.createStatement();
        ResultSet any = statement.executeQuery("select run_uuid from runs limit 1")) {
      any.next();
    } catch (SQLException e) {
      throw database.unreadable(e);
    }
  }

  private void runs(Connection connection, RunRows rows) throws SQLException {
    try (PreparedStatement ofRuns = statement(connection, RUNS);
        ResultSet runs = ofRuns.executeQuery();
        PreparedStatement ofMetrics = statement(connection, METRICS);
        OfRuns metrics = new OfRuns(ofMetrics.executeQuery());
        PreparedStatement ofParams = statement(connection, TEXTS.formatted("params"));
        OfRuns params = new OfRuns(ofParams.executeQuery());
        PreparedStatement ofTags = statement(connection, TEXTS.formatted("tags"));
        OfRuns tags = new OfRuns(ofTags.executeQuery());
        PreparedStatement ofTimes = statement(connection, CHECKPOINTS);
        OfRuns times = new OfRuns(timesOf(ofTimes))) {
      while (runs.next()) {
        String id = text(runs, "run_uuid");
        RunRow row = row(runs, id);
        metrics.take(id, one -> row.metric(text(one, "key"), number(one)));
        params.take(id, one -> row.param(text(one, "key"), one.getString("value")));
        tags.take(id, one -> row.tag(text(one, "key"), one.getString("value")));
        List<Long> checkpoints = new ArrayList<>();
        times.take(id, one -> checkpoints.add(one.getLong("timestamp")));
        checkpointMetric.ifPresent(name -> row.times(name, checkpoints));
        rows.run(row);
      }
    }
  }

  private ResultSet timesOf(PreparedStatement statement) throws SQLException {
    statement.setString(1, checkpointMetric.orElse(""));
    return statement.executeQuery();
  }

  private static PreparedStatement statement(Connection connection, String query)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query);
    statement.setFetchSize(ROWS_AT_ONCE);
    return statement;
  }

  private static RunRow row(ResultSet run, String id) throws SQLException {
    return new RunRow(id)
        .with("run_name", run.getString("name"))
        .with("experiment_id", run.getString("experiment_id"))
        .with("experiment_name", run.getString("experiment_name"))
        .with("user_id", run.getString("user_id"))
        .with("status", run.getString("status"))
        .with("lifecycle_stage", run.getString("lifecycle_stage"))
        .with("artifact_uri", run.getString("artifact_uri"))
        .at("started_at", run.getString("start_time"))
        .at("ended_at", run.getString("end_time"));
  }

  /** Returns a text that MLflow's own tables always have; SQLite would not refuse to lack it. */
  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }

  private static double number(ResultSet metric) throws SQLException {
    return metric.getBoolean("is_nan") ? Double.NaN : metric.getDouble("value");
  }

  private static void versions(Connection connection, RunRows rows) throws SQLException {
    try (PreparedStatement statement = statement(connection, VERSIONS);
        ResultSet versions = statement.executeQuery()) {
      while (versions.next()) {
        rows.version(
            versions.getString("name"),
            versions.getString("version"),
            versions.getString("run_id"),
            versions.getString("creation_time"));
      }
    }
  }
}
