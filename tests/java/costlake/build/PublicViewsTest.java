package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads a published table of charges through views with the columns of older FOCUS versions. */
class PublicViewsTest {
  private static final String V1_2 = "focus.cost_and_usage_v1_2";

  private final SparkSession spark = SparkHarness.spark();
  private final Graph graph = Models.below(Path.of(".")).compile();

  @BeforeEach
  @AfterEach
  void empty() {
    spark.sql("create database if not exists spark_catalog.focus");
    for (String view : List.of("cost_and_usage", "cost_and_usage_v1_2", "cost_and_usage_v1_3")) {
      spark.sql("drop view if exists spark_catalog.focus." + view);
    }
  }

  @Test
  void showsAViewAndWhatItReads() {
    publish("'azure' as x_ChargeId, 'Microsoft' as ServiceProviderName, 1.5 as BilledCost");
    PublicViews views = new PublicViews(graph, V1_2::equals);
    assertThat(views.reads("focus.cost_and_usage")).isTrue();
    assertThat(views.reads("allocation.allocated_charges")).isFalse();

    views.register(spark);

    assertThat(
            spark
                .sql("select x_ChargeId, ProviderName, PublisherName, BilledCost from " + V1_2)
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[azure,Microsoft,Microsoft,1.500000000000000000000]");
  }

  @Test
  void aPublicViewReadsOnlyTablesAndPublicViews() {
    assertThat(graph.order())
        .filteredOn(model -> isPublic(model.name()))
        .isNotEmpty()
        .flatMap(Model::models)
        .filteredOn(name -> !graph.model(name).stored() && !isPublic(name))
        .isEmpty();
  }

  private boolean isPublic(RelationName name) {
    return PublicViews.names(graph).anyMatch(name.toString()::equals);
  }

  @Test
  void showsNothingThatIsNotWantedOrNotPublished() {
    new PublicViews(graph, any -> true).register(spark);
    assertThat(spark.catalog().tableExists("spark_catalog." + V1_2)).isFalse();

    publish("'azure' as x_ChargeId");
    new PublicViews(graph, "focus.cost_and_usage"::equals).register(spark);
    assertThat(spark.catalog().tableExists("spark_catalog." + V1_2)).isFalse();
  }

  /** Publishes a table with one charge. Columns that are not given are null. */
  private void publish(String given) {
    RelationName charges = RelationName.parse("focus.cost_and_usage");
    String columns =
        graph.columns(charges).entrySet().stream()
            .map(
                column ->
                    given.contains(" as " + column.getKey())
                        ? "cast(%1$s as %2$s) as %1$s".formatted(column.getKey(), column.getValue())
                        : "cast(null as %2$s) as %1$s"
                            .formatted(column.getKey(), column.getValue()))
            .collect(Collectors.joining(", "));
    spark.sql(
        "create view spark_catalog.focus.cost_and_usage as select %s from (select %s)"
            .formatted(columns, given));
  }
}
