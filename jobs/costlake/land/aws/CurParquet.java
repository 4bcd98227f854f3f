package costlake.land.aws;

import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_concat;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.not;

import costlake.land.read.ParquetText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Delivered Parquet columns of an AWS bill to those of bronze.aws_cur. */
final class CurParquet {
  static final MapType TEXT_MAP =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);

  private CurParquet() {}

  static Map<String, Column> columns(StructType delivered) {
    Map<String, StructField> byKey = new HashMap<>();
    for (StructField field : delivered.fields()) {
      byKey.putIfAbsent(CurColumn.key(field.name()), field);
    }
    Set<String> used = new TreeSet<>();
    Map<String, Column> columns = new HashMap<>();
    StructField product = byKey.get("product");
    boolean productMap = product != null && product.dataType() instanceof MapType;
    for (CurColumn column : CurColumn.ALL) {
      StructField field = byKey.get(CurColumn.key(column.name()));
      if (column.type() == CurColumn.Type.MAP) {
        columns.put(column.name(), folded(column.name(), delivered, used));
      } else if (field != null) {
        used.add(field.name());
        columns.put(column.name(), ParquetText.of(field));
      } else if (productMap && column.productAttribute() != null) {
        columns.put(
            column.name(),
            element_at(ParquetText.quoted(product.name()), lit(column.productAttribute())));
      }
    }
    columns.put(AwsCur.NATIVE, rest(delivered, used, productMap ? product : null));
    return columns;
  }

  private static Column folded(String map, StructType delivered, Set<String> used) {
    String prefix = CurColumn.key(map);
    List<Column> entries = new ArrayList<>();
    Column whole = null;
    for (StructField field : delivered.fields()) {
      String key = CurColumn.key(field.name());
      if (used.contains(field.name()) || CurColumn.plain(key) != null || !key.startsWith(prefix)) {
        continue;
      }
      used.add(field.name());
      if (key.equals(prefix)) {
        whole = ParquetText.map(field);
      } else {
        entries.add(lit(entryKey(map, field.name())));
        entries.add(ParquetText.of(field));
      }
    }
    if (entries.isEmpty()) {
      return whole == null ? lit(null).cast(TEXT_MAP) : whole;
    }
    Column folded = present(entries);
    return whole == null ? folded : map_concat(folded, whole);
  }

  private static Column rest(StructType delivered, Set<String> used, StructField product) {
    List<Column> entries = new ArrayList<>();
    List<Object> names = new ArrayList<>();
    for (StructField field : delivered.fields()) {
      if (!used.contains(field.name())
          && (product == null || !field.name().equals(product.name()))) {
        names.add(field.name());
        entries.add(lit(field.name()));
        entries.add(ParquetText.of(field));
      }
    }
    if (product == null) {
      return entries.isEmpty() ? map().cast(TEXT_MAP) : present(entries);
    }
    Column attributes = ParquetText.map(product);
    return entries.isEmpty()
        ? attributes
        : map_concat(
            present(entries),
            map_filter(attributes, (key, value) -> not(key.isin(names.toArray()))));
  }

  private static Column present(List<Column> entries) {
    return map_filter(map(entries.toArray(Column[]::new)), (key, value) -> value.isNotNull());
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
}
