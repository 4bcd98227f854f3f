package costlake.land.aws;

import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.land.read.ColumnOrigin;
import costlake.land.read.FieldCheck;
import costlake.land.read.Mapping;
import costlake.land.read.OtherExport;
import costlake.land.read.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The relation bronze.aws_cur: one row per delivered line of an AWS bill.
 *
 * <p>Columns are those of {@code conf/reference/aws_cur_columns.csv} as text; tags, cost categories
 * and discounts as maps under the keys delivered; {@code native} has every other delivered value
 * under the delivered spelling.
 */
public final class AwsCur implements Relation {
  /** Name of the map of delivered values without a column. */
  public static final String NATIVE = "native";

  private static final List<String> IDENTITY =
      List.of("identity_line_item_id", "identity_time_interval", "line_item_line_item_type");

  private static final MapType TEXT_MAP =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);

  private static final Map<String, String> FOLDED =
      Map.of(
          "resource_tags", "resourcetags",
          "cost_category", "costcategory",
          "discount", "discount");

  @Override
  public StructType schema() {
    StructType schema = new StructType();
    for (CurColumn column : CurColumn.ALL) {
      schema =
          schema.add(
              column.name(), column.type() == CurColumn.Type.MAP ? TEXT_MAP : DataTypes.StringType);
    }
    return schema.add(NATIVE, TEXT_MAP);
  }

  @Override
  public boolean recognises(List<String> header) {
    Map<String, Integer> positions = positions(header);
    return CurColumn.ALL.stream()
        .filter(CurColumn::required)
        .allMatch(column -> positions.containsKey(CurColumn.key(column.name())));
  }

  @Override
  public Mapping mapping(String file, List<String> names) {
    Map<String, Integer> positions = required(file, names);
    boolean[] used = new boolean[names.size()];
    Map<String, ColumnOrigin> cells = new HashMap<>();
    List<FieldCheck> checks = new ArrayList<>();
    Integer product = positions.get("product");
    for (CurColumn column : CurColumn.ALL) {
      Integer position = positions.get(CurColumn.key(column.name()));
      if (column.type() == CurColumn.Type.MAP) {
        cells.put(column.name(), folded(column.name(), names, used, checks));
      } else if (position != null) {
        used[position] = true;
        cells.put(column.name(), ColumnOrigin.field(position));
        if (column.rule() != null) {
          checks.add(new FieldCheck(position, names.get(position), column.rule()));
        }
      } else if (product != null && column.productAttribute() != null) {
        cells.put(column.name(), ColumnOrigin.jsonValue(product, column.productAttribute()));
      }
    }
    cells.put(NATIVE, rest(names, used, product, checks));
    return new Mapping(cells, checks, null, List.of());
  }

  private static ColumnOrigin folded(
      String map, List<String> names, boolean[] used, List<FieldCheck> checks) {
    List<ColumnOrigin.Entry> entries = new ArrayList<>();
    List<Integer> json = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String key = CurColumn.key(names.get(i));
      if (used[i] || !key.startsWith(FOLDED.get(map))) {
        continue;
      }
      if (key.equals(FOLDED.get(map))) {
        json.add(i);
        checks.add(new FieldCheck(i, names.get(i), FieldCheck.Rule.JSON_OBJECT));
        used[i] = true;
      } else if (CurColumn.plain(key) == null) {
        entries.add(new ColumnOrigin.Entry(entryKey(map, names.get(i)), i));
        used[i] = true;
      }
    }
    return ColumnOrigin.map(entries, json);
  }

  /** {@code resourceTags/user:Team} to {@code user:Team}, {@code resource_tags_user_team} to it. */
  static String entryKey(String map, String delivered) {
    int slash = delivered.indexOf('/');
    if (slash >= 0) {
      return delivered.substring(slash + 1);
    }
    return delivered.toLowerCase(Locale.ROOT).startsWith(map + "_")
        ? delivered.substring(map.length() + 1)
        : delivered;
  }

  private static ColumnOrigin rest(
      List<String> names, boolean[] used, @Nullable Integer product, List<FieldCheck> checks) {
    List<ColumnOrigin.Entry> entries = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!used[i] && (product == null || i != product)) {
        entries.add(new ColumnOrigin.Entry(names.get(i), i));
      }
    }
    if (product == null) {
      return ColumnOrigin.map(entries, List.of());
    }
    checks.add(new FieldCheck(product, names.get(product), FieldCheck.Rule.JSON_OBJECT));
    return ColumnOrigin.map(entries, List.of(product));
  }

  @Override
  public @Nullable String periodColumn(List<String> header) {
    return delivered(header, "bill_billing_period_start_date");
  }

  /**
   * AWS gives each line an id that is unique within its interval. If a bill has no ids or
   * intervals, only the whole line identifies it.
   */
  @Override
  public List<String> identity(List<String> header) {
    List<String> columns =
        IDENTITY.stream()
            .map(column -> delivered(header, column))
            .filter(Objects::nonNull)
            .toList();
    return columns.size() == IDENTITY.size() ? columns : List.of();
  }

  @Override
  public @Nullable String costColumn(List<String> header) {
    return delivered(header, "line_item_unblended_cost");
  }

  private static @Nullable String delivered(List<String> header, String column) {
    Integer position = positions(header).get(CurColumn.key(column));
    return position == null ? null : header.get(position);
  }

  static Map<String, Integer> positions(List<String> header) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      positions.putIfAbsent(CurColumn.key(header.get(i)), i);
    }
    return positions;
  }

  private static Map<String, Integer> required(String file, List<String> names) {
    Map<String, Integer> positions = positions(names);
    for (CurColumn column : CurColumn.ALL) {
      if (column.required() && !positions.containsKey(CurColumn.key(column.name()))) {
        String near =
            Nearest.to(CurColumn.key(column.name()), positions.keySet())
                .map(key -> " Is it '" + names.get(positions.getOrDefault(key, 0)) + "', misspelt?")
                .orElse("");
        throw Failure.data(
            "Cannot read %s as an AWS bill: %s",
            file,
            OtherExport.explain(names)
                .orElse(
                    "it has no column %s.%s Check the export's columns and deliver it again."
                        .formatted(column.name(), near)));
      }
    }
    once(file, names, positions);
    return positions;
  }

  /**
   * Two spellings of a column that decides what a row costs, or when, leave it open which counts.
   */
  private static void once(String file, List<String> names, Map<String, Integer> positions) {
    for (int i = 0; i < names.size(); i++) {
      String key = CurColumn.key(names.get(i));
      CurColumn column = CurColumn.plain(key);
      int first = positions.getOrDefault(key, i);
      if (column != null && column.rule() != null && first != i) {
        throw Failure.data(
            """
            Cannot read %s as an AWS bill: '%s' and '%s' are both %s, so its values are ambiguous.
            Deliver it again with each column once.
            """,
            file, names.get(first), names.get(i), column.name());
      }
    }
  }
}
