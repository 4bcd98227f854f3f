package costlake.build;

import static java.util.stream.Collectors.joining;

import costlake.config.ConfTable;
import costlake.config.ConfTables;
import costlake.config.Config;
import costlake.config.ReferenceLists;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Sha256;
import costlake.land.read.ReferenceCsv;
import costlake.land.read.ReferenceCsv.ListRow;
import costlake.model.Graph;
import costlake.model.RelationName;
import costlake.model.SqlExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The inputs that come from the configuration folder: {@code conf.*} and {@code reference.*}. */
public final class ConfigurationViews {
  private ConfigurationViews() {}

  /**
   * Registers a temporary view for each table {@code conf.*}, and for each reference list that the
   * graph reads.
   */
  public static void register(SparkSession spark, Config config, Graph graph) {
    for (ConfTable table : tables(config)) {
      List<Row> rows = table.rows().stream().map(row -> RowFactory.create(row.toArray())).toList();
      spark
          .createDataFrame(rows, StructType.fromDDL(table.ddl()))
          .coalesce(1)
          .createOrReplaceTempView(RelationName.parse(table.name()).view());
    }
    for (RelationName name : graph.inputsRead()) {
      if (name.namespace().equals("reference")) {
        reference(spark, config, graph, name).createOrReplaceTempView(name.view());
      }
    }
  }

  private static List<ConfTable> tables(Config config) {
    return Stream.concat(ConfTables.of(config).stream(), Stream.of(ReceivedInvoices.table(config)))
        .toList();
  }

  /**
   * Reads a reference list into memory, so that Spark plans queries with its small size. An empty
   * text becomes null. Starts a Spark job only if a column is not text.
   */
  private static Dataset<Row> reference(
      SparkSession spark, Config config, Graph graph, RelationName name) {
    Map<String, String> types = graph.columns(name);
    StructType texts = new StructType();
    for (String column : types.keySet()) {
      texts = texts.add(column, DataTypes.StringType);
    }
    List<ListRow> listed = listed(config, name, types.keySet());
    ListCheck.refuseWrong(config, graph.input(name), listed);
    List<Row> rows =
        listed.stream()
            .map(ListRow::values)
            .map(record -> types.keySet().stream().map(column -> value(record, column)))
            .map(values -> RowFactory.create(values.toArray()))
            .toList();
    Dataset<Row> read = spark.createDataFrame(rows, texts);
    if (types.values().stream().allMatch(DataTypes.StringType.simpleString()::equals)) {
      return read;
    }
    Dataset<Row> cast = read.selectExpr(casts(types));
    List<Row> values = cast.collectAsList();
    for (int row = 0; row < values.size(); row++) {
      refuseUnread(listed.get(row), types, rows.get(row), values.get(row));
    }
    return spark.createDataFrame(values, cast.schema());
  }

  /**
   * Returns the rows of a reference list as a query. A view of a catalog reads lists this way,
   * because it cannot read temporary views.
   */
  static String query(Config config, Graph graph, RelationName name) {
    Map<String, String> types = graph.columns(name);
    String rows =
        listed(config, name, types.keySet()).stream()
            .map(ListRow::values)
            .map(row -> types.keySet().stream().map(c -> SqlExtension.literal(value(row, c))))
            .map(values -> values.collect(joining(", ", "(", ")")))
            .collect(joining(", "));
    return "(select %s from values %s as list(`%s`))"
        .formatted(String.join(", ", casts(types)), rows, String.join("`, `", types.keySet()));
  }

  private static String[] casts(Map<String, String> types) {
    return types.entrySet().stream()
        .map(c -> "try_cast(`%1$s` as %2$s) as `%1$s`".formatted(c.getKey(), c.getValue()))
        .toArray(String[]::new);
  }

  private static void refuseUnread(
      ListRow place, Map<String, String> types, Row texts, Row values) {
    int column = 0;
    for (Map.Entry<String, String> type : types.entrySet()) {
      if (!texts.isNullAt(column) && values.isNullAt(column)) {
        throw place.refused(
            "%s is '%s', not %s. Correct it."
                .formatted(type.getKey(), texts.get(column), described(type.getValue())));
      }
      column++;
    }
  }

  private static String described(String type) {
    if (type.equals("date")) {
      return "a date such as 2026-09-01";
    }
    return type.equals("boolean") ? "true or false" : "a number of type " + type;
  }

  /** Returns the value of a row of a list; null if it is empty. */
  static @Nullable String value(Map<String, String> row, String column) {
    String text = row.getOrDefault(column, "");
    return text.isEmpty() ? null : text;
  }

  /** Reads the rows of a list, with those of the configuration folder. */
  static List<ListRow> listed(Config config, RelationName name, Set<String> columns) {
    try {
      return ReferenceCsv.rows(config, name.name(), columns);
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (Failure e) {
      throw Failure.operator(e, "%s", e.getMessage());
    }
  }

  private static String file(RelationName name) {
    return "reference/" + name.name() + ".csv";
  }

  private static Failure unreadable(RelationName name, IOException e) {
    return Failure.operator(e, "Cannot read %s: %s", file(name), FileErrors.why(e));
  }

  private static String text(Config config, RelationName name) {
    String list = String.join("", ReferenceLists.files(name.name()).values());
    Optional<Path> own = config.reference(name.name());
    try {
      return own.isPresent() ? Files.readString(own.get()) + list : list;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Returns a digest of each table {@code conf.*} and of each reference list that the graph reads,
   * by name.
   */
  public static Map<String, String> digests(Config config, Graph graph) {
    Map<String, String> digests = new TreeMap<>();
    for (ConfTable table : tables(config)) {
      digests.put(table.name(), sha256(table.ddl() + table.rows()));
    }
    for (RelationName name : graph.inputsRead()) {
      if (name.namespace().equals("reference")) {
        digests.put(name.toString(), sha256(text(config, name)));
      }
    }
    return digests;
  }

  private static String sha256(String text) {
    return HexFormat.of().formatHex(Sha256.of(text), 0, 16);
  }
}
