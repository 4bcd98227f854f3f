package costlake.compare;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.core.Sha256;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Partitioning;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.testing.SparkHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares small lakes of both formats with tests/compare/run's program. */
class CompareLakesTest {
  private static final LakeConfig.Format ICEBERG = LakeConfig.Format.ICEBERG;
  private static final LakeConfig.Format DELTA = LakeConfig.Format.DELTA;
  private static final String LINES = "reporting.statement_lines";
  private static final String ROWS =
      "select * from values ('l-1', 1.5BD, 'a'), ('l-2', 2.5BD, 'b'), ('l-3', null, 'c')";

  @TempDir Path folder;
  private Path leftOut;
  private String printed = "";

  @BeforeEach
  void leaveOutNothing() throws IOException {
    leftOut = Files.writeString(folder.resolve("left_out.csv"), "table,column,reason\n");
  }

  @Test
  void theSameRowsAreEqualInBothFormatsAndNoFileChanges() throws IOException {
    lake("one", ICEBERG, Map.of(LINES, lines(ROWS), "focus.tags", tags("'a', '1', 'b', '2'")));
    lake("other", DELTA, Map.of(LINES, lines(ROWS), "focus.tags", tags("'b', '2', 'a', '1'")));
    Map<String, String> before = files();
    assertThat(same()).isTrue();
    assertThat(printed)
        .isEqualTo(
            """
            focus.tags: equal (1 rows)
            reporting.statement_lines: equal (3 rows)
            2 tables: 2 equal
            """);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void lastDigitsOfMoneyAreListedAndDoNotFail() throws IOException {
    lake("one", ICEBERG, Map.of(LINES, lines(ROWS)));
    String moved = ROWS.replace("1.5BD", "1.500000000000000000001BD");
    lake("other", ICEBERG, Map.of(LINES, lines(moved)));
    assertThat(same()).isTrue();
    assertThat(printed)
        .isEqualTo(
            """
            reporting.statement_lines: differs in last digits (3 rows)
              effective_cost: 1 rows, at most 0.000000000000000000001
            1 tables: 1 differs in last digits
            """);
  }

  @Test
  void moneyTextsAndRowsThatDifferFail() throws IOException {
    lake("one", ICEBERG, Map.of(LINES, lines(ROWS)));
    String other =
        "select * from values ('l-1', 1.51BD, 'z'), ('l-3', 0BD, 'c'), ('l-4', 4BD, 'd'), ('l-4',"
            + " 4BD, 'd')";
    lake("other", ICEBERG, Map.of(LINES, lines(other)));
    assertThat(same()).isFalse();
    assertThat(printed)
        .isEqualTo(
            """
            reporting.statement_lines: differs (3 rows before, 4 after)
              1 rows only before
              2 rows only after
              2 rows with the same key that differ by more than last digits
              effective_cost: 2 rows, at most 0.01
              title: 1 rows
            1 tables: 1 differs
            """);
  }

  @Test
  void rowsWithoutAKeyAreMatchedByAllThatIsNotMoney() throws IOException {
    String focus = "focus.lines";
    lake("one", ICEBERG, Map.of(focus, lines(ROWS)));
    lake("other", ICEBERG, Map.of(focus, lines(ROWS.replace("2.5BD", "2.6BD"))));
    assertThat(same()).isFalse();
    assertThat(printed)
        .contains(
            """
              1 rows with the same key that differ by more than last digits
              effective_cost: 1 rows, at most 0.1
            """);
  }

  @Test
  void columnsAndTablesOfOneLakeAreNamedAndOnesLeftOutHaveAReason() throws IOException {
    Files.writeString(
        leftOut, "table,column,reason\nfocus.runs,*,every run differs\nfocus.days,at,a time\n");
    String days = "select 1L as day, timestamp '2026-09-02' as at, 2 as cost";
    Map<String, String> one = Map.of("focus.runs", days, "focus.days", days, "focus.old", days);
    lake("one", ICEBERG, one);
    String later = "select 1L as day, timestamp '2026-09-01' as at, 'x' as note";
    Map<String, String> other =
        Map.of("focus.runs", later, "focus.days", later, "focus.new", later);
    lake("other", ICEBERG, other);
    assertThat(same()).isTrue();
    assertThat(printed)
        .isEqualTo(
            """
            focus.days: equal (1 rows)
              not compared: cost: only before
              not compared: note: only after
              not compared: at: a time
            focus.new: only after (1 rows)
            focus.old: only before (1 rows)
            focus.runs: left out (every run differs)
            4 tables: 1 equal, 1 only before, 1 only after, 1 left out
            """);
  }

  @Test
  void aColumnOfAnotherTypeFails() throws IOException {
    lake("one", ICEBERG, Map.of("focus.days", "select 1L as day, 2 as rows"));
    lake("other", ICEBERG, Map.of("focus.days", "select 1L as day, 2L as rows"));
    assertThat(same()).isFalse();
    assertThat(printed).contains("  type of rows: INT before, BIGINT after\n");
  }

  private boolean same() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean same =
        new CompareLakes(SparkHarness.spark(), new LeftOut(leftOut))
            .print(folder.resolve("one"), folder.resolve("other"), new PrintStream(out, true));
    printed = out.toString(StandardCharsets.UTF_8);
    return same;
  }

  private void lake(String name, LakeConfig.Format format, Map<String, String> tables) {
    LakeConfig config = SparkHarness.lake(format, folder.resolve(name));
    SparkSession spark = SparkHarness.session(config);
    try (NightStage night = Lake.open(config, spark).begin("night")) {
      tables.forEach((table, query) -> stage(night, table, spark.sql(query)));
      night.publish(List.of(), Map.of());
    }
  }

  private static void stage(NightStage night, String table, Dataset<Row> rows) {
    TableSpec spec =
        new TableSpec(
            TableName.parse(table),
            rows.schema().asNullable(),
            Partitioning.whole(),
            Map.of(),
            Set.of());
    night.stageAll(spec, rows);
  }

  private static String lines(String rows) {
    return "select col1 as line_id, cast(col2 as decimal(38,21)) as effective_cost, col3 as title from (%s)"
        .formatted(rows);
  }

  private static String tags(String entries) {
    return "select 'i-1' as id, map(%s) as tags".formatted(entries);
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.put(
            file.toString(),
            Files.getLastModifiedTime(file)
                + " "
                + HexFormat.of().formatHex(Sha256.digest().digest(Files.readAllBytes(file))));
      }
    }
    return hashes;
  }
}
