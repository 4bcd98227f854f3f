package costlake.land.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import costlake.core.Failure;
import costlake.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowTablesTest {
  private static final List<String> TABLES =
      List.of(
          "create table experiments (experiment_id integer primary key, name varchar(256))",
          """
          create table runs (run_uuid varchar(32) primary key, name varchar(250),
            user_id varchar(256), status varchar(9), start_time bigint, end_time bigint,
            lifecycle_stage varchar(20), artifact_uri varchar(200), experiment_id integer)
          """,
          """
          create table latest_metrics (key varchar(250), value double precision, timestamp bigint,
            step bigint, is_nan boolean, run_uuid varchar(32))
          """,
          """
          create table metrics (key varchar(250), value double precision, timestamp bigint,
            step bigint, is_nan boolean, run_uuid varchar(32))
          """,
          "create table params (key varchar(250), value varchar(8000), run_uuid varchar(32))",
          "create table tags (key varchar(250), value varchar(8000), run_uuid varchar(32))",
          """
          create table model_versions (name varchar(256), version integer, creation_time bigint,
            current_stage varchar(20), run_id varchar(32))
          """);
  private static final List<String> ROWS =
      List.of(
          "insert into experiments values (1, 'churn')",
          """
          insert into runs values
            ('b-2', 'second', 'bob', 'KILLED', 1788602400000, null, 'deleted', null, 1),
            ('a_1', 'first', 'ann', 'FINISHED', 1788602400000, 1788606000000, 'active', 's3://a',
              1),
            ('B-3', '', null, 'RUNNING', 1788602400000, null, 'active', null, 7)
          """,
          """
          insert into latest_metrics values
            ('loss', 0, 1, 1, true, 'B-3'), ('accuracy', 0.913, 1, 10, false, 'a_1'),
            ('rate', 0.00001, 1, 10, false, 'a_1'), ('lost', 1, 1, 1, false, 'gone')
          """,
          """
          insert into metrics values
            ('saved', 1, 1788604200000, 1, false, 'a_1'),
            ('saved', 2, 1788602460000, 2, false, 'a_1')
          """,
          "insert into params values ('lr', '0.1', 'a_1')",
          "insert into tags values ('team', 'vision', 'b-2'), ('costlake.pod', 'ml/x', 'a_1')",
          """
          insert into model_versions values
            ('ranker', 1, 1788606000000, 'None', 'a_1'), ('ranker', 2, 1, 'Deleted_Internal', 'a_1')
          """);

  @TempDir Path folder;

  @Test
  void readsSqlite() throws IOException, SQLException {
    Path file = folder.resolve("mlflow.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      fill(connection);
    }
    assertThat(SqliteDatabase.isOne(file)).isTrue();
    check(new SqliteDatabase(file));
  }

  @Test
  void readsPostgresql() throws IOException, SQLException {
    assumeTrue(PostgresServer.binaries().isPresent(), "PostgreSQL is not installed");
    try (PostgresServer server = new PostgresServer()) {
      try (Connection connection =
          DriverManager.getConnection(
              server.address(), PostgresServer.USER, PostgresServer.PASSWORD)) {
        fill(connection);
      }
      URI address =
          URI.create(
              server
                  .address()
                  .replace("jdbc:postgresql://", "postgresql://" + PostgresServer.USER + "@"));
      check(postgres(address, PostgresServer.PASSWORD));
      assertThatThrownBy(() -> read(postgres(address, "wrong")))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.family()).isEqualTo(Failure.Family.OPERATOR))
          .hasMessageContainingAll(
              "'tracker'", "COSTLAKE_MLFLOW_PASSWORD_TRACKER or COSTLAKE_MLFLOW_PASSWORD");
    }
  }

  @Test
  void aServerThatIsDownMayBeTriedAgain() {
    assertThatThrownBy(() -> read(postgres(URI.create("postgresql://ann@127.0.0.1:1/x"), "any")))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.family()).isEqualTo(Failure.Family.INTERNAL))
        .hasMessageContaining("the server is up");
  }

  @Test
  void refusesACutDatabaseAndOneOfAnotherProgram() throws IOException, SQLException {
    Path file = folder.resolve("mlflow.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      fill(connection);
    }
    Path cut = folder.resolve("cut.db");
    byte[] whole = Files.readAllBytes(file);
    Files.write(cut, Arrays.copyOf(whole, 8192));
    refused(cut);
    Path other = folder.resolve("other.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
        Statement statement = connection.createStatement()) {
      statement.execute("create table songs (name text)");
    }
    refused(other);
  }

  private void refused(Path file) {
    assertThatThrownBy(() -> read(new SqliteDatabase(file)))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageStartingWith("Cannot read " + file + " as the database of an MLflow server: ");
  }

  private static PostgresDatabase postgres(URI address, String password) {
    return new PostgresDatabase("tracker", address, Map.of("COSTLAKE_MLFLOW_PASSWORD", password));
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(table);
      }
      for (String rows : ROWS) {
        statement.execute(rows);
      }
    }
  }

  private Path read(MlflowTables.Database database) {
    try {
      Path own = Files.createTempDirectory(folder, "rows");
      try (RunRows rows = new RunRows(own)) {
        new MlflowTables(database, Map.of("checkpoints", "metrics.saved")).read(rows);
      }
      return own;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check(MlflowTables.Database database) throws IOException {
    Path own = read(database);
    assertThat(Files.readAllLines(own.resolve("runs.jsonl")))
        .containsExactlyInAnyOrder(
            """
            {"run_id":"a_1","run_name":"first","experiment_id":"1","experiment_name":"churn",\
            "user_id":"ann","status":"FINISHED","lifecycle_stage":"active","artifact_uri":"s3://a",\
            "started_at":"2026-09-05T10:00:00Z","ended_at":"2026-09-05T11:00:00Z",\
            "metrics.saved":"2026-09-05T10:01:00Z,2026-09-05T10:30:00Z",\
            "metrics":{"accuracy":"0.913","rate":"0.00001"},"params":{"lr":"0.1"},\
            "tags":{"costlake.pod":"ml/x"}}""",
            """
            {"run_id":"b-2","run_name":"second","experiment_id":"1","experiment_name":"churn",\
            "user_id":"bob","status":"KILLED","lifecycle_stage":"deleted",\
            "started_at":"2026-09-05T10:00:00Z","metrics":{},"params":{},\
            "tags":{"team":"vision"}}""",
            """
            {"run_id":"B-3","experiment_id":"7","status":"RUNNING","lifecycle_stage":"active",\
            "started_at":"2026-09-05T10:00:00Z","metrics":{"loss":"NaN"},"params":{},"tags":{}}""");
    assertThat(Files.readAllLines(own.resolve("model_versions.jsonl")))
        .containsExactly(
            """
            {"model":"ranker","version":"1","run_id":"a_1","created_at":"2026-09-05T11:00:00Z"}""");
  }
}
