package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.SourceKinds;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The models of this repository keep their contracts. */
class ModelContractsTest {
  @Test
  void everyModelMakesTheColumnsItPromises() {
    Graph graph = Models.below(Path.of(".")).compile();
    SparkSession spark = SparkHarness.spark();
    Functions.register(spark);
    assertThat(graph.order()).isNotEmpty();
    assertThat(ContractCheck.problems(spark, graph)).isEmpty();
  }

  @Test
  void theRecordsOfKindsThatAreNotConfiguredAreNotPlanned() {
    Graph graph = Models.embedded(SourceKinds.active(Set.of("focus", "prometheus"))).compile();
    SparkSession spark = SparkHarness.spark();
    Functions.register(spark);
    assertThat(graph.inputsRead()).doesNotContain(RelationName.parse("bronze.slurm_jobs"));
    assertThat(ContractCheck.problems(spark, graph)).isEmpty();
  }

  /** A night fails if a key is not unique, so a table with a key never has a row twice. */
  @Test
  void everyStoredTableHasAKey() {
    Graph graph = Models.below(Path.of(".")).compile();
    assertThat(graph.order().stream().filter(Model::stored))
        .hasSizeGreaterThan(30)
        .allSatisfy(
            model -> assertThat(model.contract().key()).as("key of " + model.name()).isNotEmpty());
  }

  /**
   * Row filters compare {@code team_id}. A table that the audit does not read could show a row to a
   * wrong user.
   */
  @Test
  void everyTableOfStatementsNamesItsReceiverAndIsAudited() {
    Graph graph = Models.below(Path.of(".")).compile();
    List<Model> tables =
        graph.order().stream()
            .filter(model -> model.name().namespace().equals("reporting"))
            .filter(model -> !model.name().name().equals("schema_version"))
            .toList();
    assertThat(tables)
        .hasSizeGreaterThan(9)
        .allSatisfy(
            table ->
                assertThat(table.contract().columnNames())
                    .as(table.name().toString())
                    .startsWith(
                        "billing_month",
                        "receiver_kind",
                        "receiver_id",
                        "team_id",
                        "billing_currency"));
    assertThat(
            graph.audits().stream()
                .filter(audit -> audit.name().equals("only_teams_have_team_id"))
                .flatMap(audit -> audit.reads().stream()))
        .containsExactlyInAnyOrderElementsOf(tables.stream().map(Model::name).toList());
  }
}
