package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a published table of charges through views with the columns of older FOCUS versions. */
class PublicViewsTest {
  private static final String CHARGES = "focus.cost_and_usage";
  private static final String V1_2 = "focus.cost_and_usage_v1_2";
  private static final String COSTS = "economics.use_costs";
  private static final String LAST_MONTHS = "economics.model_last_months";

  @TempDir private Path home;

  private final SparkSession spark = SparkHarness.spark();
  private final Graph graph = Models.below(Path.of(".")).compile();

  @BeforeEach
  @AfterEach
  void empty() {
    List.of("focus", "economics")
        .forEach(name -> spark.sql("create database if not exists spark_catalog." + name));
    for (String view : List.of(CHARGES, V1_2, "focus.cost_and_usage_v1_3", COSTS, LAST_MONTHS)) {
      spark.sql("drop view if exists spark_catalog." + view);
    }
  }

  @Test
  void showsAViewAndWhatItReads() {
    publish(
        CHARGES, "'azure' as x_ChargeId, 'Microsoft' as ServiceProviderName, 1.5 as BilledCost");
    PublicViews views = new PublicViews(graph, V1_2::equals);
    assertThat(views.reads(CHARGES)).isTrue();
    assertThat(views.reads("allocation.allocated_charges")).isFalse();

    views.register(spark, Config.defaults(home));

    assertThat(
            spark
                .sql("select x_ChargeId, ProviderName, PublisherName, BilledCost from " + V1_2)
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[azure,Microsoft,Microsoft,1.500000000000000000000]");
  }

  @Test
  void aPublicViewReadsOnlyTablesPublicViewsListsAndWatchedHours() {
    List<Model> views = graph.order().stream().filter(model -> isPublic(model.name())).toList();
    assertThat(views)
        .isNotEmpty()
        .flatMap(Model::models)
        .filteredOn(name -> !graph.model(name).stored() && !isPublic(name))
        .isEmpty();
    assertThat(views)
        .flatMap(Model::inputs)
        .extracting(RelationName::toString)
        .allMatch(input -> input.startsWith("reference.") || input.equals("ops.watched_hours"));
  }

  private boolean isPublic(RelationName name) {
    return PublicViews.names(graph).anyMatch(name.toString()::equals);
  }

  @Test
  void showsNothingThatIsNotWantedOrNotPublished() {
    new PublicViews(graph, any -> true).register(spark, Config.defaults(home));
    assertThat(spark.catalog().tableExists("spark_catalog." + V1_2)).isFalse();

    publish(CHARGES, "'azure' as x_ChargeId");
    new PublicViews(graph, CHARGES::equals).register(spark, Config.defaults(home));
    assertThat(spark.catalog().tableExists("spark_catalog." + V1_2)).isFalse();
  }

  @Test
  void containsTheRowsOfTheListsThatItReads() throws IOException {
    Files.createDirectories(home.resolve("reference"));
    Files.writeString(
        home.resolve("reference/use_kinds.csv"),
        """
        use_kind,stage,used_for,is_run,is_session,meaning
        pruning,tune,training,true,false,reduces a model's weights
        """);
    publish(COSTS, "'own' as model_id, 'pruning' as use_kind, date'2026-08-01' as billing_month");
    new PublicViews(graph, LAST_MONTHS::equals).register(spark, Config.defaults(home));
    assertThat(spark.sql("select model_id, last_month from " + LAST_MONTHS).collectAsList())
        .extracting(Row::toString)
        .containsExactly("[own,2026-08-01]");
  }

  /** Publishes a table with one row. Columns that are not given are null. */
  private void publish(String table, String given) {
    String columns =
        graph.columns(RelationName.parse(table)).entrySet().stream()
            .map(
                column ->
                    given.contains(" as " + column.getKey())
                        ? "cast(%1$s as %2$s) as %1$s".formatted(column.getKey(), column.getValue())
                        : "cast(null as %2$s) as %1$s"
                            .formatted(column.getKey(), column.getValue()))
            .collect(Collectors.joining(", "));
    spark.sql(
        "create view spark_catalog.%s as select %s from (select %s)"
            .formatted(table, columns, given));
  }
}
