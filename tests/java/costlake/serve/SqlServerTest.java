package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.testing.Certificates;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint, tested with Arrow's JDBC driver. */
@Tag("night")
class SqlServerTest {
  @TempDir Path folder;

  @Test
  void clientsReadMetadataAndValuesOfEveryType() throws Exception {
    try (Served served = Served.of(Served.company(), Map.of());
        Connection connection = served.connect("ines", Served.PASSWORD)) {
      DatabaseMetaData about = connection.getMetaData();
      assertThat(column(about.getCatalogs(), 1)).containsExactly("costlake");
      assertThat(column(about.getSchemas(), 1)).containsExactly("governance", "reporting");
      assertThat(column(about.getTables(null, "reporting", "statement\\_lines%", null), 3))
          .containsExactly("statement_lines");
      assertThat(column(about.getTables(null, null, "%", null), 3))
          .contains("statements", "statement_quality")
          .doesNotContain("runs");
      assertThat(column(about.getColumns(null, "reporting", "statements", "total%"), 4))
          .containsExactly("total_cost", "total_shown");
      assertThat(column(about.getPrimaryKeys(null, "reporting", "statements"), 4))
          .containsExactly("billing_month", "receiver_id", "billing_currency");
      assertThat(about.isReadOnly()).isTrue();
      assertThat(about.getIdentifierQuoteString()).isEqualTo("\"");
      List<Object> values =
          served
              .ask(
                  "ines",
                  "select timestamp '2026-09-01 12:30:00' as t, date '2026-09-01' as d, 1.50 as m, null as n,"
                      + " true as b, 7 as i, 'x' as s, interval '1' day as v, 1 as i")
              .get(0);
      assertThat(values.get(0)).isEqualTo(Timestamp.valueOf(LocalDateTime.of(2026, 9, 1, 12, 30)));
      assertThat(values.get(1).toString()).isEqualTo("2026-09-01");
      assertThat(values.get(2)).isEqualTo(new BigDecimal("1.50"));
      assertThat(values.subList(3, 7)).containsExactly(null, true, 7, "x");
      assertThat(values.get(8)).isEqualTo(1);
      prepared(connection);
    }
  }

  private static void prepared(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select sum(cost_shown) from reporting.statement_lines where breakdown = ? and position = ?")) {
      statement.setString(1, "bridge");
      statement.setString(2, "1");
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getBigDecimal(1)).isEqualByComparingTo("60.75");
      }
      statement.setString(1, "bridge' or '1' = '1");
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getBigDecimal(1)).isNull();
      }
    }
  }

  private static List<String> column(ResultSet answer, int column) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = answer) {
      while (rows.next()) {
        values.add(rows.getString(column));
      }
    }
    return values;
  }

  @Test
  void cancelsAQueryOverALimitAndContinues() throws Exception {
    Map<String, String> limits =
        Map.of(
            "serve.query_max_s", "20", "serve.query_max_rows", "1000", "serve.query_max_mib", "8");
    try (Served served = Served.of(Served.company(), limits)) {
      assertThat(served.ask("ines", "select id from range(1000)")).hasSize(1000);
      assertThat(served.refusal("ines", "select id from range(10000000)"))
          .contains("the answer has more than 1000 rows (serve.query_max_rows)");
      assertThat(served.refusal("ines", "select repeat('x', 100000) as x from range(1000)"))
          .contains("a part of the answer exceeds 8 MiB (serve.query_max_mib)");
      assertThat(
              served.refusal(
                  "ines",
                  "select sum(a.id * b.id % 7) from range(10000000) a cross join range(10000000) b"))
          .contains("the query ran longer than 20 s (serve.query_max_s)");
      assertThat(served.ask("ines", "select 1")).containsExactly(List.of(1));
    }
  }

  @Test
  void everyExampleQueryHasTheSameAnswerAsInTheLake() throws Exception {
    List<Path> files = LoadMeasurement.questions(Path.of("docs/questions"));
    assertThat(files).hasSize(Served.QUESTIONS);
    List<String> questions = new ArrayList<>();
    for (Path file : files) {
      String question = Files.readString(file);
      assertThat(question)
          .as(file.toString())
          .matches("(?s)-- (Finance|Team lead|Platform engineer|ML engineer): .*\\?.*");
      questions.add(question);
    }
    try (Served served = Served.of(Served.company(), Map.of())) {
      List<List<List<Object>>> inTheLake = served.inTheLake(questions);
      for (int i = 0; i < Served.QUESTIONS; i++) {
        assertThat(served.ask("finn", questions.get(i)))
            .as(files.get(i).toString())
            .isEqualTo(inTheLake.get(i));
      }
    }
  }

  @Test
  void answersEveryExampleQueryInManySessionsAtOnce() throws Exception {
    // The time limit includes waiting, and fifty sessions of one user wait for each other.
    Map<String, String> patient =
        Map.of("serve.query_max_s", "600", "serve.queries_per_user_max", "3");
    try (Served served = Served.of(Served.company(), patient)) {
      LoadMeasurement measure =
          new LoadMeasurement("127.0.0.1", served.port(), "ines", Served.PASSWORD);
      List<Path> questions = LoadMeasurement.questions(Path.of("docs/questions"));
      LoadMeasurement.Times each = measure.run(questions, 1);
      assertThat(each.errors()).isEmpty();
      assertThat(each.answers()).isEqualTo(Served.QUESTIONS);
      // To save time, this runs only two queries. 'serve measure --sessions 50' runs all of them.
      List<Path> some = List.of(questions.get(0), questions.get(Served.QUESTIONS / 2));
      LoadMeasurement.Times many = measure.run(some, 50);
      assertThat(many.errors()).isEmpty();
      assertThat(many.answers()).isEqualTo(50 * some.size());
    }
  }

  @Test
  void refusesToListenOnANetworkWithoutTls() {
    assertThatThrownBy(() -> Served.of(Served.company(), Map.of("serve.host", "0.0.0.0")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Set serve.tls_certificate and serve.tls_key");
  }

  @Test
  void answersOverTlsOnlyClientsThatTrustItsCertificate() throws Exception {
    Certificates certificates = new Certificates(folder);
    Map<String, String> tls =
        Map.of(
            "serve.tls_certificate", certificates.authority().toString(),
            "serve.tls_key", certificates.key().toString());
    try (Served served = Served.of(Served.company(), tls)) {
      Map<String, String> trusting =
          Map.of("useEncryption", "true", "tlsRootCerts", certificates.authority().toString());
      try (Connection connection = served.connect("finn", Served.PASSWORD, trusting);
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "select count(*) from reporting.statements where receiver_kind = 'team'")) {
        assertThat(Served.read(rows)).containsExactly(List.of(2L));
      }
      for (Map<String, String> refused :
          List.of(
              Map.of("useEncryption", "true", "useSystemTrustStore", "true"),
              Map.of("useEncryption", "false"))) {
        assertThatThrownBy(() -> served.connect("finn", Served.PASSWORD, refused).close())
            .as(refused.toString())
            .isInstanceOf(SQLException.class);
      }
    }
  }
}
