package costlake.build;

import static org.assertj.core.api.Assertions.assertThatCode;

import costlake.config.LakeConfig;
import costlake.config.SourceKinds;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.model.Resolver;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plans the query of each model as in a night whose tables are too large for memory. Spark then
 * gives filters to the table format, and fails if it cannot express one of them.
 */
@Tag("night")
class LargeTablesTest {
  @TempDir static Path folder;

  @ParameterizedTest(name = "telemetry: {0}")
  @ValueSource(booleans = {true, false})
  void everyModelCanBePlannedOverTables(boolean telemetry) {
    SparkSession spark = SparkHarness.session(SparkHarness.lake(LakeConfig.Format.ICEBERG, folder));
    Functions.register(spark);
    Graph graph = Models.embedded(SourceKinds.all()).compile();
    Tables tables = new Tables(spark, graph, telemetry);
    graph.inputsRead().forEach(tables::giveEmpty);
    graph.order().forEach(model -> plan(tables, model));
  }

  private static void plan(Tables tables, Model model) {
    Dataset<Row> rows = ContractCheck.modelRows(tables.spark(), model, tables);
    if (!model.stored()) {
      rows.createOrReplaceTempView(tables.name(model.name()));
      return;
    }
    assertThatCode(() -> rows.queryExecution().optimizedPlan())
        .as(model.name().toString())
        .doesNotThrowAnyException();
    tables.give(model.name());
  }

  /**
   * Tables without rows.
   *
   * @param telemetry whether tables of telemetry are files; otherwise they are in memory, as those
   *     of a company without telemetry
   */
  private record Tables(SparkSession spark, Graph graph, boolean telemetry) implements Resolver {
    @Override
    public String name(RelationName relation) {
      boolean isTable = graph.isModel(relation) && graph.model(relation).stored();
      return isTable && isFile(relation)
          ? "lake.large_%s.%s".formatted(telemetry, relation.view())
          : "large__" + relation.view();
    }

    private boolean isFile(RelationName relation) {
      return telemetry || !relation.toString().startsWith("telemetry.");
    }

    void give(RelationName relation) {
      if (isFile(relation)) {
        spark.sql("create namespace if not exists lake.large_%s".formatted(telemetry));
        spark.sql(
            "create table %s (%s) using iceberg".formatted(name(relation), columns(relation)));
      } else {
        giveEmpty(relation);
      }
    }

    void giveEmpty(RelationName relation) {
      spark
          .createDataFrame(List.of(), StructType.fromDDL(columns(relation)))
          .createOrReplaceTempView(name(relation));
    }

    private String columns(RelationName relation) {
      return graph.columns(relation).entrySet().stream()
          .map(column -> "`%s` %s".formatted(column.getKey(), column.getValue()))
          .collect(Collectors.joining(", "));
    }
  }
}
