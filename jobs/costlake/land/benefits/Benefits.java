package costlake.land.benefits;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;

import costlake.core.Failure;
import costlake.core.Money;
import costlake.core.Nearest;
import costlake.land.read.ColumnOrigin;
import costlake.land.read.FieldCheck;
import costlake.land.read.Mapping;
import costlake.land.read.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The relation bronze.benefits: one row per model, month and kind of benefit, from a business table
 * whose columns the configuration maps.
 */
public final class Benefits implements Relation {
  private static final List<String> COLUMNS =
      List.of("model_id", "month", "kind", "quantity", "value", "currency");
  private static final Set<String> REQUIRED = Set.of("model_id", "month", "kind");

  private final Map<String, String> names;

  /**
   * A table.
   *
   * @param names our column to the file's, where they differ
   */
  public Benefits(Map<String, String> names) {
    this.names = Map.copyOf(names);
  }

  @Override
  public StructType schema() {
    StructType schema = new StructType();
    for (String column : COLUMNS) {
      schema = schema.add(column, DataTypes.StringType);
    }
    return schema;
  }

  @Override
  public boolean recognises(List<String> header) {
    return REQUIRED.stream().allMatch(column -> header.contains(delivered(column)));
  }

  @Override
  public Mapping mapping(String file, List<String> header) {
    check(file, header);
    Map<String, ColumnOrigin> cells = new HashMap<>();
    List<FieldCheck> checks = new ArrayList<>();
    for (String column : COLUMNS) {
      int position = header.indexOf(delivered(column));
      if (position >= 0) {
        cells.put(column, ColumnOrigin.field(position));
        FieldCheck.Rule rule = rule(column);
        if (rule != null) {
          checks.add(new FieldCheck(position, delivered(column), rule));
        }
      }
    }
    return new Mapping(cells, checks, null, List.of());
  }

  @Override
  public Dataset<Row> repaired(Dataset<Row> rows) {
    Map<String, Column> typed = new LinkedHashMap<>();
    typed.put("month", concat(substring(col("month"), 1, 7), lit("-01")).cast(DataTypes.DateType));
    typed.put("quantity", col("quantity").cast(Money.SQL_TYPE));
    typed.put("value", col("value").cast(Money.SQL_TYPE));
    return rows.withColumns(typed);
  }

  @Override
  public @Nullable String periodColumn(List<String> header) {
    return null;
  }

  @Override
  public @Nullable String costColumn(List<String> header) {
    return null;
  }

  private String delivered(String column) {
    return names.getOrDefault(column, column);
  }

  private static FieldCheck.@Nullable Rule rule(String column) {
    return switch (column) {
      case "month" -> FieldCheck.Rule.MONTH_REQUIRED;
      case "quantity", "value" -> FieldCheck.Rule.MONEY;
      case "model_id", "kind" -> FieldCheck.Rule.REQUIRED;
      default -> null;
    };
  }

  private void check(String file, List<String> header) {
    for (String column : COLUMNS) {
      String wanted = delivered(column);
      if (!header.contains(wanted) && (REQUIRED.contains(column) || names.containsKey(column))) {
        throw Failure.operator(
            """
            Cannot read %s as benefits: it has no column '%s' for %s.%s Map the columns in
            sources.yml, e.g. columns: {%s: <name in the file>}.
            """,
            file, wanted, column, Nearest.hint(wanted, header), column);
      }
    }
  }
}
