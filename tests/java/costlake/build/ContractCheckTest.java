package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.model.Resolver;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that differences between a contract and the columns of its model are found. */
class ContractCheckTest {
  private static SparkSession spark;

  @TempDir Path root;

  @BeforeAll
  static void engine() {
    spark = SparkHarness.spark();
    Functions.register(spark);
  }

  @Test
  void findsNothingWhereBothAgree() throws IOException {
    assertThat(problems("select id, to_money(cost) as BilledCost from {{ source('bronze.bill') }}"))
        .isEmpty();
  }

  @Test
  void refusesAnotherOrder() throws IOException {
    assertThat(problems("select to_money(cost) as BilledCost, id from {{ source('bronze.bill') }}"))
        .containsExactly(
            "Cannot build focus.charges: column 1 is 'BilledCost', but the contract has 'id'; the"
                + " order differs (models/focus/charges.yml:5)",
            "Cannot build focus.charges: column 2 is 'id', but the contract has 'BilledCost'; the"
                + " order differs (models/focus/charges.yml:6)");
  }

  @Test
  void refusesAnotherLetterCase() throws IOException {
    assertThat(problems("select id, to_money(cost) as billedcost from {{ source('bronze.bill') }}"))
        .containsExactly(
            "Cannot build focus.charges: column 2 is 'billedcost', but the contract has"
                + " 'BilledCost'; the letter case differs (models/focus/charges.yml:6)");
  }

  @Test
  void refusesAnotherType() throws IOException {
    assertThat(
            problems(
                "select id, cast(cost as double) as BilledCost from {{ source('bronze.bill') }}"))
        .containsExactly(
            "Cannot build focus.charges: column 'BilledCost' is double, but the contract has"
                + " decimal(38,21) (models/focus/charges.yml:6)");
  }

  @Test
  void refusesAMissingAndASurplusColumn() throws IOException {
    assertThat(problems("select id from {{ source('bronze.bill') }}"))
        .containsExactly(
            "Cannot build focus.charges: it selects 1 columns, but the contract has 2; missing"
                + " BilledCost (models/focus/charges.yml:1)");
    assertThat(
            problems(
                "select id, to_money(cost) as BilledCost, 1 as extra"
                    + " from {{ source('bronze.bill') }}"))
        .containsExactly(
            "Cannot build focus.charges: it selects 3 columns, but the contract has 2; not in the"
                + " contract extra (models/focus/charges.yml:1)");
  }

  @Test
  void namesTheLineOfWhatTheEngineRefuses() throws IOException {
    List<String> problems =
        problems("select id,\n  to_money(price) as BilledCost\nfrom {{ source('bronze.bill') }}");
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0))
        .startsWith("Cannot build focus.charges: ")
        .contains("`price`")
        .endsWith("(models/focus/charges.sql:2)");
  }

  @Test
  void runsTheAnalysisOfAuditsToo() throws IOException {
    write("models/audits/ties.yml", "level: error\nmeaning: it ties\n");
    write("models/audits/ties.sql", "select x\nfrom {{ ref('focus.charges') }}\nwhere nothing > 0");
    List<String> problems =
        problems("select id, to_money(cost) as BilledCost from {{ source('bronze.bill') }}");
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).startsWith("Cannot run audit ties: ").contains("ties.sql:");
  }

  @Test
  void leavesTheRelationsOfTheSessionAlone() throws IOException {
    spark.sql("select 'a' as id, '1' as cost").createOrReplaceTempView("bronze__bill");
    problems("select id, to_money(cost) as BilledCost from {{ source('bronze.bill') }}");
    assertThat(spark.table("bronze__bill").count()).isEqualTo(1);
  }

  @Test
  void aNightSaysTheSameOfAModelThatItStages() throws IOException {
    spark.sql("select 'a' as id, '1' as cost").createOrReplaceTempView("bronze__bill");
    Model model =
        graph("select id,\n  to_money(costs) as BilledCost\nfrom {{ source('bronze.bill') }}")
            .model(RelationName.parse("focus.charges"));
    assertThatThrownBy(() -> ContractCheck.modelRows(spark, model, Resolver.VIEWS))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot build focus.charges: ")
        .hasMessageContaining("`costs`")
        .hasMessageContaining("(models/focus/charges.sql:2)");
  }

  @Test
  void aNightSaysTheSameOfAViewBelowTheModelThatItStages() throws IOException {
    spark.sql("select 'a' as id, '1' as cost").createOrReplaceTempView("bronze__bill");
    write(
        "models/focus/lines.sql",
        "select id, to_money(costs) as cost from {{ source('bronze.bill') }}");
    write(
        "models/focus/lines.yml",
        """
        description: Lines
        grain: one row per line
        owner: finops
        materialized: view
        columns:
          - {name: id, type: string, meaning: the id}
          - {name: cost, type: 'decimal(38,21)', meaning: the cost}
        """);
    write("tests/models/focus/lines.yml", "cases: [{name: none, given: {}, expect: []}]\n");
    Graph graph = graph("select id, cost as BilledCost from {{ ref('focus.lines') }}");
    Model model = graph.model(RelationName.parse("focus.charges"));
    PartitionViews views =
        new PartitionViews(spark, graph, "wrong", (name, days) -> null, name -> Partitions.ALL);
    assertThatThrownBy(() -> ContractCheck.modelRows(spark, model, views))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot build focus.lines: ")
        .hasMessageContaining("(models/focus/lines.sql:1)");
  }

  private List<String> problems(String sql) throws IOException {
    return ContractCheck.problems(spark, graph(sql));
  }

  private Graph graph(String sql) throws IOException {
    write(
        "models/inputs.yml",
        "inputs: {bronze.bill: {meaning: one line, columns: {id: string, cost: string}}}\n");
    write("models/focus/charges.sql", sql);
    write(
        "models/focus/charges.yml",
        """
        description: Charges
        grain: one row per charge
        owner: finops
        columns:
          - {name: id, type: string, meaning: the id}
          - {name: BilledCost, type: 'decimal(38,21)', meaning: the cost}
        """);
    write("tests/models/focus/charges.yml", "cases: [{name: none, given: {}, expect: []}]\n");
    return Models.below(root).compile();
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
