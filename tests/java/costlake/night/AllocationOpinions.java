package costlake.night;

import static org.apache.spark.sql.functions.monotonically_increasing_id;

import costlake.build.ConfigurationViews;
import costlake.config.ConfTable;
import costlake.config.ConfTables;
import costlake.config.Config;
import costlake.config.Source;
import costlake.config.SourceKinds;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.model.Resolver;
import costlake.testing.Duck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Compares the allocation of the models with an independent allocation in DuckDB ({@code
 * tests/fixtures/duckdb/allocation.sql}).
 */
final class AllocationOpinions {
  private static final Path SPLITS = Path.of("tests/fixtures/duckdb/splits.sql");
  private static final Path SQL = Path.of("tests/fixtures/duckdb/allocation.sql");

  /**
   * Selects the columns that both allocations have. Each cost of a charge is split into parts; a
   * part has a receiver, a day and a rule.
   */
  private static final String OURS =
      """
      create table ours as
      unpivot (
          select x_ChargeId as charge_id, x_AllocationDate as day, x_TeamId as team_id, x_ProjectId as project_id,
              x_Environment as environment, x_ModelId as model_id, x_WorkloadId as workload_id,
              x_OwnerRuleId as rule_id, x_CostKind as cost_kind, AllocatedMethodId as method,
              units(BilledCost) as billed, units(ContractedCost) as contracted, units(EffectiveCost) as effective,
              units(ListCost) as list, units(x_WorkloadIdleCost) as workload_idle,
              units(x_FreeAcceleratorCost) as free_accelerators
          from allocated_charges
      ) on billed, contracted, effective, list, workload_idle, free_accelerators into name cost_name value cost;
      """;

  private final Path folder;
  private final StringBuilder script = new StringBuilder();

  /**
   * Loads charges, hours and a configuration into DuckDB.
   *
   * @param tables returns the rows of a table of {@code focus} or {@code telemetry}
   * @param folder folder for files that DuckDB reads
   */
  AllocationOpinions(
      SparkSession spark, Function<String, Dataset<Row>> tables, Config config, Path folder) {
    this.folder = folder;
    writeRows("charges", tables.apply("focus.cost_and_usage"));
    writeRows("nodes", numbered("node_hour_id", tables.apply("telemetry.node_hours")));
    writeRows("workloads", numbered("workload_hour_id", tables.apply("telemetry.workload_hours")));
    for (ConfTable table : ConfTables.of(config)) {
      List<Row> rows = table.rows().stream().map(row -> RowFactory.create(row.toArray())).toList();
      writeRows(
          table.name().substring("conf.".length()),
          spark.createDataFrame(rows, StructType.fromDDL(table.ddl())));
    }
    script.append(
        "create table node_split as from read_csv('%s', all_varchar = true);\n"
            .formatted(Path.of("conf/reference/node_split.csv").toAbsolutePath()));
    script.append(read(SPLITS)).append(read(SQL));
  }

  private static Dataset<Row> numbered(String name, Dataset<Row> rows) {
    return rows.withColumn(name, monotonically_increasing_id().cast(DataTypes.StringType));
  }

  private void writeRows(String name, Dataset<Row> rows) {
    script.append(Duck.table(rows, folder, name));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Compares all parts of all costs of all charges. Returns the distinct combinations of the
   * allocation that has a part ({@code both}, {@code models} or {@code DuckDB}), its method and its
   * kind of cost.
   *
   * @param allocated the allocation of the models
   */
  List<String> of(Dataset<Row> allocated) {
    writeRows("allocated_charges", allocated);
    return Duck.rows(
        script + OURS,
        """
        select who, coalesce(method, 'whole') as method, cost_kind
        from (
            select 'both' as who, * from (select * from ours intersect all select * from allocated)
            union all
            select 'models', * from (select * from ours except all select * from allocated)
            union all
            select 'DuckDB', * from (select * from allocated except all select * from ours)
        )
        group by all order by all
        """);
  }

  /** Runs the models of allocation on the given tables, with the given configuration. */
  static Dataset<Row> models(
      SparkSession spark, Function<String, Dataset<Row>> tables, Config config) {
    Graph graph = Models.embedded(SourceKinds.active(kinds(config))).compile();
    ConfigurationViews.register(spark, config, graph);
    Set<RelationName> behind = behindAllocation(graph);
    for (Model model : graph.order()) {
      if (model.stored() && List.of("focus", "telemetry").contains(model.name().namespace())) {
        tables.apply(model.name().toString()).createOrReplaceTempView(model.name().view());
      }
      if (behind.contains(model.name())) {
        Dataset<Row> rows = spark.sql(model.render(Resolver.VIEWS));
        if (model.name().name().equals("allocated_charges")) {
          return rows;
        }
        (model.stored() ? rows.localCheckpoint() : rows)
            .createOrReplaceTempView(model.name().view());
      }
    }
    throw new IllegalStateException("No model allocation.allocated_charges");
  }

  private static Set<String> kinds(Config config) {
    return config.sources().stream().map(Source::kind).collect(Collectors.toSet());
  }

  /** Returns the models of the layer, and the views of telemetry that they read. */
  private static Set<RelationName> behindAllocation(Graph graph) {
    return graph.order().stream()
        .filter(model -> model.name().namespace().equals("allocation"))
        .flatMap(model -> graph.partsOf(model).stream())
        .filter(graph::isModel)
        .collect(Collectors.toSet());
  }
}
