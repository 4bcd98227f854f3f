package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner finds wrong results of a case, so that a case cannot pass by mistake. */
class CaseRunnerTest {
  private static final String TWO_LINES =
      "given: {bronze.bill: [{id: a, cost: '1.50', tags: {Team: x}}, {id: b}]}";
  private static SparkSession spark;

  @TempDir Path root;

  @BeforeAll
  static void engine() {
    spark = SparkHarness.spark();
    Functions.register(spark);
  }

  @Test
  void holdsWhateverTheOrderAndTheTrailingZeros() throws IOException {
    assertThat(run("expect: [{id: b, cost: null}, {id: a, cost: '1.5', tags: {Team: x}}]"))
        .isEmpty();
  }

  @Test
  void comparesOnlyWhatARowNames() throws IOException {
    assertThat(run("expect: [{id: b}, {cost: '1.5'}]")).isEmpty();
  }

  @Test
  void countsRows() throws IOException {
    assertThat(run("expect: [{id: a}]").orElseThrow())
        .startsWith("expected 1 rows, got 2")
        .contains("got      {id=b}");
  }

  @Test
  void seesTheLastDigit() throws IOException {
    assertThat(run("expect: [{id: b}, {id: a, cost: '1.500000000000000000001'}]").orElseThrow())
        .contains("missing  {id=a, cost=1.500000000000000000001}")
        .contains("got      {id=a, cost=1.5}");
  }

  @Test
  void distinguishesNullFromZero() throws IOException {
    assertThat(run("expect: [{id: a}, {id: b, cost: '0'}]")).isPresent();
  }

  @Test
  void doesNotUseARowTwice() throws IOException {
    assertThat(run("expect: [{id: a}, {id: a}]")).isPresent();
  }

  @Test
  void refusesAColumnThatIsNotThere() throws IOException {
    assertThatThrownBy(() -> run("expect: [{idd: a}, {id: b}]"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has no column 'idd'. Did you mean 'id'?");
  }

  @Test
  void refusesRowsOfARelationThatIsNotRead() throws IOException {
    assertThatThrownBy(() -> run("given: {bronze.bil: []}", "expect: []"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "'bronze.bil', which the model does not read. Did you mean 'bronze.bill'?");
  }

  @Test
  void asksAnAudit() throws IOException {
    String given =
        "audit: no_free_lunch, given: {focus.charges: [{id: a, cost: '0'}, {id: b, cost: '2'}]}";
    assertThat(run(given, "expect: [{id: a}]")).isEmpty();
    assertThat(run(given, "expect: []")).isPresent();
  }

  @Test
  void givenRowsOfWhatOnlyAViewReadsGoThroughTheView() throws IOException {
    write(
        "models/allocation/owned.sql",
        "select id, cost * 2 as cost from {{ ref('focus.charges') }}");
    write(
        "models/allocation/owned.yml",
        """
        description: Owned charges
        grain: one row per charge
        owner: finops
        columns:
          - {name: id, type: string, meaning: the id}
          - {name: cost, type: 'decimal(38,21)', meaning: the cost}
        """);
    write(
        "tests/models/allocation/owned.yml",
        """
        cases:
          - name: one
            given: {bronze.bill: [{id: a, cost: '1.50'}]}
            expect: [{id: a, cost: '3'}]
        """);
    assertThat(run("expect: [{id: a}, {id: b}]")).isEmpty();
    Graph graph = Models.below(root).compile();
    Model owned = graph.order().get(1);
    assertThatThrownBy(() -> new CaseRunner(spark, graph).run(owned, owned.cases().get(0)))
        .as("focus.charges is a table")
        .hasMessageContaining("'bronze.bill', which the model does not read");
    write("models/focus/charges.yml", contract("materialized: view"));
    Graph ofView = Models.below(root).compile();
    assertThat(new CaseRunner(spark, ofView).run(owned, owned.cases().get(0))).isEmpty();
  }

  private Optional<String> run(String expect) throws IOException {
    return run(TWO_LINES, expect);
  }

  private Optional<String> run(String given, String expect) throws IOException {
    write(
        "models/inputs.yml",
        "inputs: {bronze.bill: {meaning: one line, columns: {id: string, cost: string, tags:"
            + " 'map<string,string>'}}}\n");
    write(
        "models/focus/charges.sql",
        "select id, to_money(cost) as cost, tags from {{ source('bronze.bill') }}");
    write("models/focus/charges.yml", contract("materialized: table"));
    write(
        "tests/models/focus/charges.yml", "cases: [{name: one, " + given + ", " + expect + "}]\n");
    Graph graph = Models.below(root).compile();
    Model model = graph.order().get(0);
    return new CaseRunner(spark, graph).run(model, model.cases().get(0));
  }

  private static String contract(String materialized) {
    return materialized
        + """

        description: Charges
        grain: one row per charge
        owner: finops
        columns:
          - {name: id, type: string, meaning: the id}
          - {name: cost, type: 'decimal(38,21)', meaning: the cost}
          - {name: tags, type: 'map<string,string>', meaning: the tags}
        audits:
          - {name: no_free_lunch, level: error, sql: "select id from {{ ref('focus.charges') }} where cost = 0"}
        """;
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
