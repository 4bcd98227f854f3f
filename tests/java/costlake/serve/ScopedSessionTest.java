package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.build.Build;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which rows of every table of statements a scope may see, if each has a row of each receiver. */
class ScopedSessionTest {
  private static final Map<String, Model> TABLES = tables();

  private final SparkSession engine = SparkHarness.spark();
  private ScopedSession search;
  private ScopedSession finance;

  private static Map<String, Model> tables() {
    return Models.below(Path.of(".")).compile().order().stream()
        .filter(model -> model.name().namespace().equals("reporting"))
        .filter(model -> !model.name().equals(RelationName.parse("reporting.schema_version")))
        .collect(
            Collectors.toMap(
                model -> model.name().toString(), model -> model, (a, b) -> a, TreeMap::new));
  }

  static Iterable<String> names() {
    return TABLES.keySet();
  }

  @BeforeEach
  void open() {
    search = open(new TeamScope(Optional.of(List.of("search"))));
    finance = open(new TeamScope(Optional.empty()));
  }

  @AfterEach
  void close() {
    search.close();
    finance.close();
  }

  private ScopedSession open(TeamScope scope) {
    return ScopedSession.open(engine, TABLES.keySet(), this::rows, scope);
  }

  @ParameterizedTest
  @MethodSource("names")
  void aTeamSeesItsRowAndFinanceSeesAll(String table) {
    assertThat(receivers(search, table)).containsExactly("search");
    assertThat(receivers(finance, table))
        .containsExactly("centre.10", "company.all", "platform", "search");
  }

  private static List<String> receivers(ScopedSession scoped, String table) {
    return scoped
        .session()
        .sql("select receiver_id from " + table + " order by receiver_id")
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** Returns a row for each receiver. */
  private Dataset<Row> rows(String table) {
    return engine.sql(
        List.of(
                row(table, "team", "search", "'search'"),
                row(table, "team", "platform", "'platform'"),
                row(table, "cost_centre", "centre.10", "null"),
                row(table, "company", "company.all", "null"))
            .stream()
            .collect(Collectors.joining(" union all ")));
  }

  private static String row(String table, String kind, String receiver, String team) {
    Map<String, String> known =
        Map.of(
            "receiver_kind", "'" + kind + "'",
            "receiver_id", "'" + receiver + "'",
            "team_id", team);
    return Arrays.stream(Build.spec(TABLES.get(table)).columns().fields())
        .map(
            field ->
                "cast(%s as %s) as %s"
                    .formatted(
                        known.getOrDefault(field.name(), "null"),
                        field.dataType().sql(),
                        field.name()))
        .collect(Collectors.joining(", ", "select ", ""));
  }
}
